import type { z } from 'zod';
import { signedInAgent } from '@/lib/auth/current-agent';
import { answer } from '@/lib/auth/route-answer';
import { addExamples, type addExamplesInput } from '@/lib/services/knowledge/add-examples';
import { context } from '@/lib/services/runtime';

export function POST(request: Request): Promise<Response> {
  return answer(request, async (input) =>
    addExamples(context(), await signedInAgent(), input as z.input<typeof addExamplesInput>),
  );
}
