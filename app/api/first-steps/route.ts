import type { z } from 'zod';
import { signedInAgent } from '@/lib/auth/current-agent';
import { answer, answerRead } from '@/lib/auth/route-answer';
import { dismissFirstSteps, type dismissInput } from '@/lib/services/first-steps/dismiss';
import { readFirstSteps } from '@/lib/services/first-steps/read';
import { context } from '@/lib/services/runtime';

export const dynamic = 'force-dynamic';

export function GET(): Promise<Response> {
  return answerRead(async () => readFirstSteps(context(), await signedInAgent()));
}

export function POST(request: Request): Promise<Response> {
  return answer(request, async (input) =>
    dismissFirstSteps(context(), await signedInAgent(), input as z.input<typeof dismissInput>),
  );
}
