import { z } from 'zod';
import { articleInsert, type KeptArticle, readArticleIds } from '@/db/queries/articles';
import { commitSetting } from '@/db/queries/stream';
import { type AgentActor, loggedActor } from '@/lib/domain/actor';
import { type ArticleText, articleIdFor, freeArticleId } from '@/lib/domain/article';
import { authorise } from '../authorise';
import type { Context } from '../context';
import { decideAgain } from '../decide-again';
import { tellKnowledgeChanged } from '../notices';
import { articleText } from './inputs';

export const createArticleInput = z.strictObject(articleText);

/** Writes a new article, with an id made of its title. The bot goes by it from now on. */
export async function createArticle(
  ctx: Context,
  actor: AgentActor,
  raw: z.input<typeof createArticleInput>,
): Promise<KeptArticle> {
  authorise(actor, 'knowledge.change');
  const text = createArticleInput.parse(raw);
  const at = ctx.now();
  const id = await decideAgain(async () => {
    const free = freeArticleId(articleIdFor(text.title), new Set(await readArticleIds(ctx.db)));
    return (await insertArticle(ctx, actor, free, text, at)) ? free : null;
  });
  await tellKnowledgeChanged(ctx);
  return { ...text, id, version: 1, updatedAt: at, archivedAt: null, changedBy: actor.name };
}

/** With its event; false where the id is taken. Whoever calls it tells those who go by the articles. */
export function insertArticle(
  ctx: Context,
  actor: AgentActor,
  id: string,
  text: ArticleText,
  at: number,
): Promise<boolean> {
  return commitSetting(ctx.db, ctx.keys.audit, articleInsert(id, text, actor.name, at), {
    kind: 'article.created',
    actor: loggedActor(actor),
    payload: { articleId: id, version: 1 },
    at,
  });
}
