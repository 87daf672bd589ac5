import { signedInAgent } from '@/lib/auth/current-agent';
import { answer } from '@/lib/auth/route-answer';
import { context } from '@/lib/services/runtime';
import { previewQueue } from '@/lib/services/settings/preview-queue';

export function POST(request: Request): Promise<Response> {
  return answer(request, async (input) =>
    previewQueue(context(), await signedInAgent(), input as Parameters<typeof previewQueue>[2]),
  );
}
