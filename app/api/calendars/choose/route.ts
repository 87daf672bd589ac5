import type { z } from 'zod';
import { signedInAgent } from '@/lib/auth/current-agent';
import { answer } from '@/lib/auth/route-answer';
import { chooseCalendar, type chooseCalendarInput } from '@/lib/services/calendar/choose';
import { context } from '@/lib/services/runtime';

export function POST(request: Request): Promise<Response> {
  return answer(request, async (input) =>
    chooseCalendar(context(), await signedInAgent(), input as z.input<typeof chooseCalendarInput>),
  );
}
