import { signedInAgent } from '@/lib/auth/current-agent';
import { answer } from '@/lib/auth/route-answer';
import { context } from '@/lib/services/runtime';
import { previewPriorityPolicy } from '@/lib/services/settings/preview-priority-policy';

export function POST(request: Request): Promise<Response> {
  return answer(request, async (input) =>
    previewPriorityPolicy(
      context(),
      await signedInAgent(),
      input as Parameters<typeof previewPriorityPolicy>[2],
    ),
  );
}
