import { z } from 'zod';
import { findConversation } from '@/db/queries/conversations';
import type { AgentActor } from '@/lib/domain/actor';
import { authorise } from '../authorise';
import type { Context } from '../context';
import { AppError, notFound } from '../errors';
import { id, note, ownerEpoch } from '../message/inputs';
import { destination, destinationOf, moveTo, namedDestination, noteAlong } from './destination';
import { overCapacity } from './over-capacity';
import { giveAway } from './owned';

export const transferInput = z.strictObject({
  conversationId: id,
  ownerEpoch,
  to: destination,
  note,
  override: z.literal(true).optional(),
});

/** Warm: the note and the whole conversation go along, and the customer is told. To an agent at once, to a team's queue. */
export async function transfer(
  ctx: Context,
  actor: AgentActor,
  raw: z.input<typeof transferInput>,
): Promise<Record<string, never>> {
  authorise(actor, 'handoff.transfer');
  const input = transferInput.parse(raw);
  const target = destinationOf(ctx, input.to);
  if (input.to.id === actor.id) {
    throw new AppError('invalid', 'It is with you already. Choose a colleague or a team.');
  }
  const over = target.kind === 'agent' ? overCapacity(actor, input.override, target.agent) : {};
  const loaded = await findConversation(ctx.db, input.conversationId);
  if (loaded === null) throw notFound('conversation');
  const along = noteAlong(ctx, actor, input.note);
  const { queuedAt = null, claimedAt = null } = loaded.handoff ?? {};
  const moved = await moveTo(ctx, { id: loaded.head.handoffId ?? '', queuedAt, claimedAt }, target);
  await giveAway(ctx, actor, 'transfer', 'handoff.transfer', input, (handoffId) => ({
    ...moved,
    messages: along.messages,
    events: [
      ...along.events,
      {
        kind: 'handoff.transferred' as const,
        payload: { handoffId, fromAgentId: actor.id, to: namedDestination(target), ...over },
      },
    ],
    ...over,
  }));
  return {};
}
