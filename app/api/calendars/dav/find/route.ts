import type { z } from 'zod';
import { signedInAgent } from '@/lib/auth/current-agent';
import { answer } from '@/lib/auth/route-answer';
import { findDavCalendars, type findDavInput } from '@/lib/services/calendar/connect-dav';
import { context } from '@/lib/services/runtime';

export function POST(request: Request): Promise<Response> {
  return answer(request, async (input) =>
    findDavCalendars(context(), await signedInAgent(), input as z.input<typeof findDavInput>),
  );
}
