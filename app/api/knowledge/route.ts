import type { z } from 'zod';
import { signedInAgent } from '@/lib/auth/current-agent';
import { answer, answerRead } from '@/lib/auth/route-answer';
import { createArticle, type createArticleInput } from '@/lib/services/knowledge/create';
import { listArticles } from '@/lib/services/knowledge/read';
import { context } from '@/lib/services/runtime';
import { MAX_ARTICLE } from './max-article';

export function GET(request: Request): Promise<Response> {
  const query = new URL(request.url).searchParams;
  return answerRead(async () =>
    listArticles(context(), await signedInAgent(), {
      archived: query.get('archived') === 'true',
      search: query.get('search') ?? '',
    }),
  );
}

export function POST(request: Request): Promise<Response> {
  return answer(
    request,
    async (input) =>
      createArticle(context(), await signedInAgent(), input as z.input<typeof createArticleInput>),
    MAX_ARTICLE,
  );
}
