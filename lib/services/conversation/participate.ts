import { z } from 'zod';
import { findConversation } from '@/db/queries/conversations';
import type { AgentActor } from '@/lib/domain/actor';
import { canApply } from '@/lib/domain/transitions';
import { authorise, authoriseOn } from '../authorise';
import { commitChange } from '../commit';
import type { Context } from '../context';
import { decideAgain } from '../decide-again';
import { AppError, notFound } from '../errors';
import { refuseFenced } from '../handoff/refuse-fenced';
import { id } from '../message/inputs';

export const participateInput = z.strictObject({ conversationId: id });

/**
 * Whoever supervises writes to the customer beside the owner, under their own name. The owner stays the owner; the
 * customer is told who came. Ends with `leave`, or when the conversation is no longer with an agent.
 */
export function join(
  ctx: Context,
  actor: AgentActor,
  raw: z.input<typeof participateInput>,
): Promise<Record<string, never>> {
  return change(ctx, actor, raw, 'join');
}

export function leave(
  ctx: Context,
  actor: AgentActor,
  raw: z.input<typeof participateInput>,
): Promise<Record<string, never>> {
  return change(ctx, actor, raw, 'leave');
}

/** Done again, it answers as the first time and changes nothing. */
async function change(
  ctx: Context,
  actor: AgentActor,
  raw: z.input<typeof participateInput>,
  what: 'join' | 'leave',
): Promise<Record<string, never>> {
  authorise(actor, 'conversation.join');
  const { conversationId } = participateInput.parse(raw);
  return decideAgain(async () => {
    const loaded = await findConversation(ctx.db, conversationId);
    if (loaded === null) throw notFound('conversation');
    const { head, handoff } = loaded;
    authoriseOn(actor, 'conversation.join', head);
    if (!canApply(what, head.state, handoff?.state ?? 'none')) {
      return refuseFenced(ctx, actor, 'conversation.join', conversationId);
    }
    if (head.agentId === actor.id) throw new AppError('invalid', 'It is with you already.');
    if (head.participants.includes(actor.id) === (what === 'join')) return {};
    const committed = await commitChange(ctx, actor, {
      conversationId,
      guard: { version: head.version },
      head: { participants: what === 'join' ? { add: actor.id } : { remove: actor.id } },
      messages: [],
      events: [
        {
          kind: what === 'join' ? 'conversation.joined' : 'conversation.left',
          payload: { agentId: actor.id, agentName: actor.name },
        },
      ],
    });
    return committed && {};
  });
}
