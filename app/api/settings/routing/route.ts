import type { z } from 'zod';
import { signedInAgent } from '@/lib/auth/current-agent';
import { answer, answerRead } from '@/lib/auth/route-answer';
import { changeRouting, type changeRoutingInput, readRouting } from '@/lib/services/routing/change-routing';
import { context } from '@/lib/services/runtime';

export function GET(): Promise<Response> {
  return answerRead(async () => readRouting(context(), await signedInAgent()));
}

export function POST(request: Request): Promise<Response> {
  return answer(request, async (input) =>
    changeRouting(context(), await signedInAgent(), input as z.input<typeof changeRoutingInput>),
  );
}
