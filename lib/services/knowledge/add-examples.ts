import { z } from 'zod';
import { findArticle, type KeptArticle } from '@/db/queries/articles';
import type { AgentActor } from '@/lib/domain/actor';
import { cleanExamples } from '@/lib/domain/article';
import { authorise } from '../authorise';
import type { Context } from '../context';
import { decideAgain } from '../decide-again';
import { AppError, notFound } from '../errors';
import { tellKnowledgeChanged } from '../notices';
import { updateArticle } from './change';
import { articleId, articleText } from './inputs';

export const addExamplesInput = z.strictObject({ id: articleId, examples: articleText.examples });

/** Adds questions to those that an article answers, whatever else was changed of it meanwhile. */
export async function addExamples(
  ctx: Context,
  actor: AgentActor,
  raw: z.input<typeof addExamplesInput>,
): Promise<KeptArticle> {
  authorise(actor, 'knowledge.change');
  const { id, examples: more } = addExamplesInput.parse(raw);
  return decideAgain(async () => {
    const before = await findArticle(ctx.db, id);
    if (before === null) throw notFound('article');
    if (before.archivedAt !== null)
      throw new AppError('conflict', 'That article is archived. Restore it first.');
    const examples = articleText.examples.parse([...before.examples, ...more]);
    if (examples.length === cleanExamples(before.examples).length) return before;
    const { title, category, body } = before;
    const at = ctx.now();
    if (!(await updateArticle(ctx, actor, before, { title, category, body, examples }, at))) return null;
    await tellKnowledgeChanged(ctx);
    return { ...before, examples, version: before.version + 1, updatedAt: at, changedBy: actor.name };
  });
}
