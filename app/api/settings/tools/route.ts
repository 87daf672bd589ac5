import type { z } from 'zod';
import { signedInAgent } from '@/lib/auth/current-agent';
import { answer, answerRead } from '@/lib/auth/route-answer';
import { context } from '@/lib/services/runtime';
import { changeTools, type changeToolsInput, readTools } from '@/lib/services/tools/change-tools';

export function GET(): Promise<Response> {
  return answerRead(async () => readTools(context(), await signedInAgent()));
}

export function POST(request: Request): Promise<Response> {
  return answer(request, async (input) =>
    changeTools(context(), await signedInAgent(), input as z.input<typeof changeToolsInput>),
  );
}
