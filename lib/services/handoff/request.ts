import type { Change } from '@/db/commit';
import { isUniqueViolation } from '@/db/errors';
import { findConversation } from '@/db/queries/conversations';
import type { VisitorActor } from '@/lib/domain/actor';
import { isOpenHandoff } from '@/lib/domain/handoff';
import { commitChange } from '../commit';
import type { Context } from '../context';
import { decideAgain } from '../decide-again';
import { conversationOf } from '../visitor/conversation-of';
import { startOf } from '../visitor/start';
import { readOutlook } from './availability';
import { offerOf } from './offer';

/**
 * "Talk to a person" was pressed: granted at once, in any state. It opens the offer; where a person is already there or
 * on the way, nothing changes.
 */
export async function requestPerson(ctx: Context, actor: VisitorActor): Promise<Record<string, never>> {
  return decideAgain(async () => {
    const conversationId = await conversationOf(ctx, actor);
    const opened =
      conversationId === null
        ? { change: await startOf(ctx, actor), topic: null }
        : await opening(ctx, conversationId);
    if (opened === 'open already') return {};
    const { change, topic } = opened;
    const offer = offerOf(ctx, {
      reason: 'requested_by_customer',
      confidence: null,
      by: 'customer',
      outlook: await readOutlook(ctx, { widgetId: actor.widgetId, topic }),
    });
    try {
      const committed = await commitChange(ctx, actor, {
        ...change,
        head: { ...change.head, handoffId: offer.handoff.id },
        insertHandoff: offer.handoff,
        events: [...change.events, offer.event],
      });
      return committed && {};
    } catch (error) {
      if (isUniqueViolation(error, 'conversations_visitor')) return null;
      throw error;
    }
  });
}

async function opening(
  ctx: Context,
  conversationId: string,
): Promise<{ change: Change; topic: string | null } | 'open already'> {
  const loaded = await findConversation(ctx.db, conversationId);
  if (loaded === null) throw new Error(`Conversation ${conversationId} is gone`);
  const { head, handoff } = loaded;
  if (head.state === 'pending' || head.state === 'active') return 'open already';
  if (handoff && isOpenHandoff(handoff.state)) return 'open already';
  const reopens = head.state === 'resolved';
  const change: Change = {
    conversationId,
    guard: { version: head.version },
    head: reopens ? { state: 'bot', teamId: null, agentId: null, resolvedAt: null } : {},
    messages: [],
    events: reopens ? [{ kind: 'conversation.reopened', payload: {} }] : [],
  };
  return { change, topic: head.topic };
}
