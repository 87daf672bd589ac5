import type { z } from 'zod';
import { signedInAgent } from '@/lib/auth/current-agent';
import { answer, answerRead } from '@/lib/auth/route-answer';
import { context } from '@/lib/services/runtime';
import {
  changePriorityPolicy,
  type changePriorityPolicyInput,
} from '@/lib/services/settings/change-priority-policy';
import { readPriorityPolicy } from '@/lib/services/settings/read';

export function GET(): Promise<Response> {
  return answerRead(async () => readPriorityPolicy(context(), await signedInAgent()));
}

export function POST(request: Request): Promise<Response> {
  return answer(request, async (input) =>
    changePriorityPolicy(
      context(),
      await signedInAgent(),
      input as z.input<typeof changePriorityPolicyInput>,
    ),
  );
}
