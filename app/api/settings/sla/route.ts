import type { z } from 'zod';
import { signedInAgent } from '@/lib/auth/current-agent';
import { answer, answerRead } from '@/lib/auth/route-answer';
import { context } from '@/lib/services/runtime';
import { changeSlaPolicy, type changeSlaPolicyInput } from '@/lib/services/settings/change-sla-policy';
import { readSlaPolicy } from '@/lib/services/settings/read';

export function GET(): Promise<Response> {
  return answerRead(async () => readSlaPolicy(context(), await signedInAgent()));
}

export function POST(request: Request): Promise<Response> {
  return answer(request, async (input) =>
    changeSlaPolicy(context(), await signedInAgent(), input as z.input<typeof changeSlaPolicyInput>),
  );
}
