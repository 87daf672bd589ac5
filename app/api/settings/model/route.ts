import type { z } from 'zod';
import { signedInAgent } from '@/lib/auth/current-agent';
import { answer, answerRead } from '@/lib/auth/route-answer';
import { changeModel, type changeModelInput, readModel } from '@/lib/services/model/change-model';
import { context } from '@/lib/services/runtime';

export function GET(): Promise<Response> {
  return answerRead(async () => readModel(context(), await signedInAgent()));
}

export function POST(request: Request): Promise<Response> {
  return answer(request, async (input) =>
    changeModel(context(), await signedInAgent(), input as z.input<typeof changeModelInput>),
  );
}
