import { signedInAgent } from '@/lib/auth/current-agent';
import { answerFile } from '@/lib/auth/route-answer';
import { openFormFile } from '@/lib/services/form/open-file';
import { context } from '@/lib/services/runtime';

/** A file that came with a form. It is posted for, since it is logged; it is saved, never shown in a page of ours. */
export function POST(request: Request): Promise<Response> {
  return answerFile(request, async (input) =>
    openFormFile(context(), await signedInAgent(), input as Parameters<typeof openFormFile>[2]),
  );
}
