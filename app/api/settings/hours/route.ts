import type { z } from 'zod';
import { signedInAgent } from '@/lib/auth/current-agent';
import { answer, answerRead } from '@/lib/auth/route-answer';
import { context } from '@/lib/services/runtime';
import { changeHours, type changeHoursInput } from '@/lib/services/settings/change-hours';
import { readHours } from '@/lib/services/settings/read';

export function GET(): Promise<Response> {
  return answerRead(async () => readHours(context(), await signedInAgent()));
}

export function POST(request: Request): Promise<Response> {
  return answer(request, async (input) =>
    changeHours(context(), await signedInAgent(), input as z.input<typeof changeHoursInput>),
  );
}
