import type { Change } from '@/db/commit';
import { isUniqueViolation } from '@/db/errors';
import { findConversation } from '@/db/queries/conversations';
import type { VisitorActor } from '@/lib/domain/actor';
import { isOpenHandoff } from '@/lib/domain/handoff';
import { commitChange } from '../commit';
import type { Context } from '../context';
import { decideAgain } from '../decide-again';
import { readRuled } from '../rules/rule-turn';
import { conversationOf } from '../visitor/conversation-of';
import { startOf } from '../visitor/start';
import { readOutlook } from './availability';
import { type Offer, offeredEvent, offerOf } from './offer';

/**
 * "Talk to a person" was pressed: granted at once, in any state. It opens the offer; where a person is already there or
 * on the way, nothing changes.
 */
export async function requestPerson(ctx: Context, actor: VisitorActor): Promise<Record<string, never>> {
  return decideAgain(async () => {
    const conversationId = await conversationOf(ctx, actor);
    const opened =
      conversationId === null
        ? { change: await startOf(ctx, actor), topic: null, standing: null }
        : await opening(ctx, conversationId);
    if (opened === 'open already') return {};
    const { change, topic, standing } = opened;
    const team = conversationId === null ? null : (await readRuled(ctx, conversationId)).team;
    const asked = {
      reason: 'requested_by_customer',
      confidence: null,
      by: 'customer',
      topic,
      outlook: await readOutlook(ctx, { widgetId: actor.widgetId, topic, team }),
    } as const;
    try {
      const offered = standing === null ? anew(ctx, change, asked) : again(ctx, change, standing, asked);
      return (await commitChange(ctx, actor, offered)) && {};
    } catch (error) {
      if (isUniqueViolation(error, 'conversations_visitor')) return null;
      throw error;
    }
  });
}

export function anew(ctx: Context, change: Change, asked: Offer): Change {
  const { handoff, event } = offerOf(ctx, asked);
  return {
    ...change,
    head: { ...change.head, handoffId: handoff.id },
    insertHandoff: handoff,
    events: [...change.events, event],
  };
}

/** Whoever has a form, or is called later, and would rather have a person is offered one; form and call stay. */
export function again(ctx: Context, change: Change, handoffId: string, asked: Offer): Change {
  const event = offeredEvent(ctx, handoffId, asked);
  return {
    ...change,
    patchHandoff: { id: handoffId, set: { state: 'offered', pathsOffered: event.payload.paths } },
    events: [...change.events, event],
  };
}

export interface Opening {
  change: Change;
  topic: string | null;
  /** The handoff for which the customer has a form, or is called later. */
  standing: string | null;
}

export async function opening(ctx: Context, conversationId: string): Promise<Opening | 'open already'> {
  const loaded = await findConversation(ctx.db, conversationId);
  if (loaded === null) throw new Error(`Conversation ${conversationId} is gone`);
  const { head, handoff } = loaded;
  if (head.state === 'pending' || head.state === 'active') return 'open already';
  const stands = handoff?.state === 'filling' || handoff?.state === 'scheduled';
  const standing = stands ? handoff.id : null;
  if (handoff && isOpenHandoff(handoff.state) && standing === null) return 'open already';
  const reopens = head.state === 'resolved';
  const change: Change = {
    conversationId,
    guard: { version: head.version },
    head: reopens ? { state: 'bot', teamId: null, agentId: null, resolvedAt: null } : {},
    messages: [],
    events: reopens ? [{ kind: 'conversation.reopened', payload: {} }] : [],
  };
  return { change, topic: head.topic, standing };
}
