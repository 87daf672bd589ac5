import type { z } from 'zod';
import { signedInAgent } from '@/lib/auth/current-agent';
import { answer, answerRead } from '@/lib/auth/route-answer';
import { changeArticle, type changeArticleInput } from '@/lib/services/knowledge/change';
import { readArticle } from '@/lib/services/knowledge/read';
import { context } from '@/lib/services/runtime';
import { MAX_ARTICLE } from '../max-article';

export function GET(request: Request): Promise<Response> {
  const id = new URL(request.url).searchParams.get('id') ?? '';
  return answerRead(async () => readArticle(context(), await signedInAgent(), id));
}

export function POST(request: Request): Promise<Response> {
  return answer(
    request,
    async (input) =>
      changeArticle(context(), await signedInAgent(), input as z.input<typeof changeArticleInput>),
    MAX_ARTICLE,
  );
}
