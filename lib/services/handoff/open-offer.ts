import type { Change } from '@/db/commit';
import { isUniqueViolation } from '@/db/errors';
import { findConversation, type LoadedConversation } from '@/db/queries/conversations';
import type { Actor, VisitorActor } from '@/lib/domain/actor';
import { isOpenHandoff } from '@/lib/domain/handoff';
import { commitChange } from '../commit';
import type { Context } from '../context';
import { decideAgain } from '../decide-again';
import { conversationOf } from '../visitor/conversation-of';
import { startOf } from '../visitor/start';
import { type Offer, offeredEvent, offerOf } from './offer';

/** What an offer is opened in: the visitor's conversation, or the one that begins with it. */
export interface Opening {
  change: Change;
  /** Null where it begins now. */
  head: LoadedConversation['head'] | null;
  /** The handoff for which the customer has a form, or is called later. */
  standing: string | null;
}

/** Who offers what, and what else is written with it. */
export interface Opened {
  by: Actor;
  change: Change;
  offer: Offer;
}

/** Offers a person outside of the bot's turns; where one is offered, awaited or there already, nothing changes. */
export async function openOffer(
  ctx: Context,
  actor: VisitorActor,
  make: (opening: Opening) => Promise<Opened>,
): Promise<Record<string, never>> {
  return decideAgain(async () => {
    const conversationId = await conversationOf(ctx, actor);
    const found =
      conversationId === null
        ? { change: await startOf(ctx, actor), head: null, standing: null }
        : await opening(ctx, conversationId);
    if (found === 'open already') return {};
    const { by, change, offer } = await make(found);
    const offered =
      found.standing === null ? anew(ctx, change, offer) : again(ctx, change, found.standing, offer);
    try {
      return (await commitChange(ctx, by, offered)) && {};
    } catch (error) {
      if (isUniqueViolation(error, 'conversations_visitor')) return null;
      throw error;
    }
  });
}

function anew(ctx: Context, change: Change, asked: Offer): Change {
  const { handoff, event } = offerOf(ctx, asked);
  return {
    ...change,
    head: { ...change.head, handoffId: handoff.id },
    insertHandoff: handoff,
    events: [...change.events, event],
  };
}

/** Whoever has a form, or is called later, and would rather have a person is offered one; form and call stay. */
function again(ctx: Context, change: Change, handoffId: string, asked: Offer): Change {
  const event = offeredEvent(ctx, handoffId, asked);
  return {
    ...change,
    patchHandoff: { id: handoffId, set: { state: 'offered', pathsOffered: event.payload.paths } },
    events: [...change.events, event],
  };
}

async function opening(ctx: Context, conversationId: string): Promise<Opening | 'open already'> {
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
  return { change, head, standing };
}
