import { signedInAgent } from '@/lib/auth/current-agent';
import { answer } from '@/lib/auth/route-answer';
import { context } from '@/lib/services/runtime';
import { previewSlaPolicy } from '@/lib/services/settings/preview-sla-policy';

export function POST(request: Request): Promise<Response> {
  return answer(request, async (input) =>
    previewSlaPolicy(context(), await signedInAgent(), input as Parameters<typeof previewSlaPolicy>[2]),
  );
}
