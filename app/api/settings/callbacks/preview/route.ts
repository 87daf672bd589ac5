import { signedInAgent } from '@/lib/auth/current-agent';
import { answer } from '@/lib/auth/route-answer';
import { context } from '@/lib/services/runtime';
import { previewCallbacks } from '@/lib/services/settings/preview-callbacks';

export function POST(request: Request): Promise<Response> {
  return answer(request, async (input) =>
    previewCallbacks(context(), await signedInAgent(), input as Parameters<typeof previewCallbacks>[2]),
  );
}
