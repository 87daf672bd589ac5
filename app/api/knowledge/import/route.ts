import type { z } from 'zod';
import { signedInAgent } from '@/lib/auth/current-agent';
import { answer } from '@/lib/auth/route-answer';
import { importArticles, type importArticlesInput } from '@/lib/services/knowledge/import';
import { context } from '@/lib/services/runtime';

/** Characters of JSON: the page sends a folder in parts below this. */
const MAX_IMPORT = 1_000_000;

export function POST(request: Request): Promise<Response> {
  return answer(
    request,
    async (input) =>
      importArticles(context(), await signedInAgent(), input as z.input<typeof importArticlesInput>),
    MAX_IMPORT,
  );
}
