import { z } from 'zod';
import { articleArchive, findArticle, type KeptArticle } from '@/db/queries/articles';
import { commitSetting } from '@/db/queries/stream';
import { type AgentActor, loggedActor } from '@/lib/domain/actor';
import { authorise } from '../authorise';
import type { Context } from '../context';
import { notFound } from '../errors';
import { tellKnowledgeChanged } from '../notices';
import { changedMeanwhile } from './change';
import { articleId, articleVersion } from './inputs';

export const archiveArticleInput = z.strictObject({
  id: articleId,
  version: articleVersion,
  archived: z.boolean(),
});

/** Takes an article out of use, or back into it. The bot goes by it at once; nothing it said is lost. */
export async function archiveArticle(
  ctx: Context,
  actor: AgentActor,
  raw: z.input<typeof archiveArticleInput>,
): Promise<KeptArticle> {
  authorise(actor, 'knowledge.change');
  const { id, version, archived } = archiveArticleInput.parse(raw);
  const before = await findArticle(ctx.db, id);
  if (before === null) throw notFound('article');
  if ((before.archivedAt !== null) === archived) return before;
  if (before.version !== version) throw changedMeanwhile(before.changedBy);
  const at = ctx.now();
  const written = await commitSetting(
    ctx.db,
    ctx.keys.audit,
    articleArchive(id, version, archived, actor.name, at),
    {
      kind: archived ? 'article.archived' : 'article.restored',
      actor: loggedActor(actor),
      payload: { articleId: id, version: version + 1 },
      at,
    },
  );
  if (!written) throw changedMeanwhile(null);
  await tellKnowledgeChanged(ctx);
  const archivedAt = archived ? at : null;
  return { ...before, version: version + 1, updatedAt: at, archivedAt, changedBy: actor.name };
}
