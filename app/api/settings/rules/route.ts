import type { z } from 'zod';
import { signedInAgent } from '@/lib/auth/current-agent';
import { answer, answerRead } from '@/lib/auth/route-answer';
import { changeRules, type changeRulesInput, readRules } from '@/lib/services/rules/change-rules';
import { context } from '@/lib/services/runtime';

export function GET(): Promise<Response> {
  return answerRead(async () => readRules(context(), await signedInAgent()));
}

export function POST(request: Request): Promise<Response> {
  return answer(request, async (input) =>
    changeRules(context(), await signedInAgent(), input as z.input<typeof changeRulesInput>),
  );
}
