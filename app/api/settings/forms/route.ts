import type { z } from 'zod';
import { signedInAgent } from '@/lib/auth/current-agent';
import { answer, answerRead } from '@/lib/auth/route-answer';
import { changeForm, type changeFormInput, readForms } from '@/lib/services/form/change';
import { context } from '@/lib/services/runtime';

export function GET(): Promise<Response> {
  return answerRead(async () => readForms(context(), await signedInAgent()));
}

export function POST(request: Request): Promise<Response> {
  return answer(request, async (input) =>
    changeForm(context(), await signedInAgent(), input as z.input<typeof changeFormInput>),
  );
}
