import type { z } from 'zod';
import { signedInAgent } from '@/lib/auth/current-agent';
import { answer } from '@/lib/auth/route-answer';
import { archiveArticle, type archiveArticleInput } from '@/lib/services/knowledge/archive';
import { context } from '@/lib/services/runtime';

export function POST(request: Request): Promise<Response> {
  return answer(request, async (input) =>
    archiveArticle(context(), await signedInAgent(), input as z.input<typeof archiveArticleInput>),
  );
}
