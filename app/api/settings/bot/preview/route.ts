import { signedInAgent } from '@/lib/auth/current-agent';
import { answer } from '@/lib/auth/route-answer';
import { context } from '@/lib/services/runtime';
import { previewBotThresholds } from '@/lib/services/settings/preview-bot-thresholds';

export function POST(request: Request): Promise<Response> {
  return answer(request, async (input) =>
    previewBotThresholds(
      context(),
      await signedInAgent(),
      input as Parameters<typeof previewBotThresholds>[2],
    ),
  );
}
