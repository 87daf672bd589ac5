import type { z } from 'zod';
import { signedInAgent } from '@/lib/auth/current-agent';
import { answer, answerRead } from '@/lib/auth/route-answer';
import { context } from '@/lib/services/runtime';
import { changeCallbacks, type changeCallbacksInput } from '@/lib/services/settings/change-callbacks';
import { readCallbackSettings } from '@/lib/services/settings/read';

export function GET(): Promise<Response> {
  return answerRead(async () => readCallbackSettings(context(), await signedInAgent()));
}

export function POST(request: Request): Promise<Response> {
  return answer(request, async (input) =>
    changeCallbacks(context(), await signedInAgent(), input as z.input<typeof changeCallbacksInput>),
  );
}
