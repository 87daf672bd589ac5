import type { z } from 'zod';
import { signedInAgent } from '@/lib/auth/current-agent';
import { answer, answerRead } from '@/lib/auth/route-answer';
import { context } from '@/lib/services/runtime';
import { changeQueue, type changeQueueInput } from '@/lib/services/settings/change-queue';
import { readQueueSettings } from '@/lib/services/settings/read';

export function GET(): Promise<Response> {
  return answerRead(async () => readQueueSettings(context(), await signedInAgent()));
}

export function POST(request: Request): Promise<Response> {
  return answer(request, async (input) =>
    changeQueue(context(), await signedInAgent(), input as z.input<typeof changeQueueInput>),
  );
}
