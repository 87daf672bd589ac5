import type { z } from 'zod';
import { signedInAgent } from '@/lib/auth/current-agent';
import { answer, answerRead } from '@/lib/auth/route-answer';
import { context } from '@/lib/services/runtime';
import {
  changeBotThresholds,
  type changeBotThresholdsInput,
} from '@/lib/services/settings/change-bot-thresholds';
import { readBotThresholds } from '@/lib/services/settings/read';

export function GET(): Promise<Response> {
  return answerRead(async () => readBotThresholds(context(), await signedInAgent()));
}

export function POST(request: Request): Promise<Response> {
  return answer(request, async (input) =>
    changeBotThresholds(context(), await signedInAgent(), input as z.input<typeof changeBotThresholdsInput>),
  );
}
