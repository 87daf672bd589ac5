import { signedInAgent } from '@/lib/auth/current-agent';
import { answer } from '@/lib/auth/route-answer';
import { previewRouting } from '@/lib/services/routing/preview-routing';
import { context } from '@/lib/services/runtime';

export function POST(request: Request): Promise<Response> {
  return answer(request, async (input) =>
    previewRouting(context(), await signedInAgent(), input as Parameters<typeof previewRouting>[2]),
  );
}
