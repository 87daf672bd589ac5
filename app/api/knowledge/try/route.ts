import type { z } from 'zod';
import { signedInAgent } from '@/lib/auth/current-agent';
import { answer } from '@/lib/auth/route-answer';
import { tryQuestion, type tryQuestionInput } from '@/lib/services/knowledge/try';
import { context } from '@/lib/services/runtime';

export function POST(request: Request): Promise<Response> {
  return answer(request, async (input) =>
    tryQuestion(context(), await signedInAgent(), input as z.input<typeof tryQuestionInput>),
  );
}
