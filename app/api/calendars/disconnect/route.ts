import type { z } from 'zod';
import { signedInAgent } from '@/lib/auth/current-agent';
import { answer } from '@/lib/auth/route-answer';
import { disconnectCalendar, type disconnectCalendarInput } from '@/lib/services/calendar/disconnect';
import { context } from '@/lib/services/runtime';

export function POST(request: Request): Promise<Response> {
  return answer(request, async (input) =>
    disconnectCalendar(context(), await signedInAgent(), input as z.input<typeof disconnectCalendarInput>),
  );
}
