import type { z } from 'zod';
import { signedInAgent } from '@/lib/auth/current-agent';
import { answer } from '@/lib/auth/route-answer';
import { readCalendarNow, type readCalendarNowInput } from '@/lib/services/calendar/read-now';
import { context } from '@/lib/services/runtime';

export function POST(request: Request): Promise<Response> {
  return answer(request, async (input) =>
    readCalendarNow(context(), await signedInAgent(), input as z.input<typeof readCalendarNowInput>),
  );
}
