import { z } from 'zod';
import { isUniqueViolation } from '@/db/errors';
import { findMessageByClientId, type LoadedConversation } from '@/db/queries/conversations';
import { readAlternatives } from '@/db/queries/offers';
import type { VisitorActor } from '@/lib/domain/actor';
import { ARTICLE_LIMITS } from '@/lib/domain/article';
import { botTurnTimer } from '../bot/turn-timer';
import { commitChange } from '../commit';
import type { Context } from '../context';
import { notFound } from '../errors';
import { composeMessage } from '../message/compose';
import { id } from '../message/inputs';
import { answerOffer } from './answer-offer';

export const chooseArticleInput = z.strictObject({
  handoffId: id,
  articleId: z.string().max(ARTICLE_LIMITS.id),
});

/**
 * "Did you mean": the customer presses one of the articles that the offer names. Its title is theirs to have said, the bot's
 * next turn quotes it, and the offer stays. Repeating it changes nothing.
 */
export async function chooseArticle(
  ctx: Context,
  actor: VisitorActor,
  raw: z.input<typeof chooseArticleInput>,
): Promise<Record<string, never>> {
  const { handoffId, articleId } = chooseArticleInput.parse(raw);
  try {
    return await answerOffer(ctx, actor, handoffId, 'chooseArticle', [], (loaded) =>
      choose(ctx, actor, loaded, handoffId, articleId),
    );
  } catch (error) {
    if (isUniqueViolation(error, 'messages_once')) return {};
    throw error;
  }
}

async function choose(
  ctx: Context,
  actor: VisitorActor,
  { head }: LoadedConversation,
  handoffId: string,
  articleId: string,
) {
  const title = ctx.knowledge.titleOf(articleId);
  const clientId = `chose-${handoffId}-${articleId}`;
  const named = await readAlternatives(ctx.db, head.id, handoffId);
  const key = { conversationId: head.id, author: 'visitor', authorId: actor.id, clientId } as const;
  const isNamed = named.includes(articleId) || (await findMessageByClientId(ctx.db, key)) !== null;
  if (title === null || !isNamed) throw notFound('article');
  const { message, event } = composeMessage(ctx, {
    clientId,
    author: 'visitor',
    authorId: actor.id,
    authorName: null,
    kind: 'text',
    body: title,
    sources: [{ articleId, title, updatedAt: ctx.now() }],
  });
  return commitChange(ctx, actor, {
    conversationId: head.id,
    guard: { version: head.version, handoffId },
    head: {},
    messages: [message],
    events: [event],
    upsertTimers: [botTurnTimer(head.id, ctx.now())],
  });
}
