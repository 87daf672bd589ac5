import { z } from 'zod';
import { articleUpdate, findArticle, type KeptArticle } from '@/db/queries/articles';
import { commitSetting } from '@/db/queries/stream';
import { type AgentActor, loggedActor } from '@/lib/domain/actor';
import { type ArticleText, changedParts } from '@/lib/domain/article';
import { authorise } from '../authorise';
import type { Context } from '../context';
import { AppError, notFound } from '../errors';
import { tellKnowledgeChanged } from '../notices';
import { articleId, articleText, articleVersion } from './inputs';

export const changeArticleInput = z.strictObject({
  id: articleId,
  /** The version that was seen; a change over another is refused. */
  version: articleVersion,
  ...articleText,
});

/** Changes what an article says. What it said is kept as a version; the same again changes nothing. */
export async function changeArticle(
  ctx: Context,
  actor: AgentActor,
  raw: z.input<typeof changeArticleInput>,
): Promise<KeptArticle> {
  authorise(actor, 'knowledge.change');
  const { id, version, ...text } = changeArticleInput.parse(raw);
  const before = await findArticle(ctx.db, id);
  if (before === null) throw notFound('article');
  if (before.version !== version) throw changedMeanwhile(before.changedBy);
  if (changedParts(before, text).length === 0) return before;
  const at = ctx.now();
  if (!(await updateArticle(ctx, actor, before, text, at))) throw changedMeanwhile(null);
  await tellKnowledgeChanged(ctx);
  return { ...before, ...text, version: version + 1, updatedAt: at, changedBy: actor.name };
}

/** Over this version alone, with its event. Whoever calls it tells those who go by the articles. */
export function updateArticle(
  ctx: Context,
  actor: AgentActor,
  before: KeptArticle,
  text: ArticleText,
  at: number,
): Promise<boolean> {
  const write = articleUpdate(before.id, before.version, text, actor.name, at);
  return commitSetting(ctx.db, ctx.keys.audit, write, {
    kind: 'article.changed',
    actor: loggedActor(actor),
    payload: { articleId: before.id, version: before.version + 1, changed: changedParts(before, text) },
    at,
  });
}

export function changedMeanwhile(name: string | null): AppError {
  const who = name ?? 'Somebody';
  return new AppError(
    'conflict',
    `${who} changed this article meanwhile. Look at theirs before you save yours.`,
  );
}
