import { z } from 'zod';
import { findConversation } from '@/db/queries/conversations';
import type { AgentActor } from '@/lib/domain/actor';
import { TRANSITIONS } from '@/lib/domain/transitions';
import { authorise } from '../authorise';
import { commitChange } from '../commit';
import type { Context } from '../context';
import { AppError } from '../errors';
import { id } from '../message/inputs';
import { overCapacity } from './over-capacity';
import { refuseFenced } from './refuse-fenced';

export const claimInput = z.strictObject({
  conversationId: id,
  handoffId: id,
  override: z.literal(true).optional(),
});

/**
 * An agent takes a pending handoff. Exactly one wins, whatever the race; the loser learns who was faster. Claiming what
 * is already with oneself answers as the first time. `override` sets the capacity aside, for those who may.
 */
export async function claim(
  ctx: Context,
  actor: AgentActor,
  raw: z.input<typeof claimInput>,
): Promise<{ ownerEpoch: number }> {
  const teamIds = authorise(actor, 'handoff.claim');
  const input = claimInput.parse(raw);
  const committed = await take(ctx, actor, input, teamIds, null);
  if (committed) return { ownerEpoch: committed.head.ownerEpoch };
  return lost(ctx, actor, input, teamIds);
}

function take(
  ctx: Context,
  actor: AgentActor,
  input: z.output<typeof claimInput>,
  teamIds: readonly string[] | null,
  ringAgentId: string | null,
) {
  const over = overCapacity(actor, input.override, actor);
  return commitChange(ctx, actor, {
    conversationId: input.conversationId,
    guard: {
      states: TRANSITIONS.claim.conversation,
      handoffId: input.handoffId,
      teamIds,
      ringAgentId,
    },
    head: { state: 'active', agentId: actor.id },
    patchHandoff: {
      id: input.handoffId,
      set: { state: 'claimed', agentId: actor.id, claimedAt: ctx.now() },
    },
    messages: [],
    events: [
      {
        kind: 'handoff.claimed',
        payload: { handoffId: input.handoffId, agentId: actor.id, agentName: actor.name, ...over },
      },
    ],
    ...over,
  });
}

async function lost(
  ctx: Context,
  actor: AgentActor,
  input: z.output<typeof claimInput>,
  teamIds: readonly string[] | null,
) {
  const loaded = await findConversation(ctx.db, input.conversationId);
  const same = loaded?.handoff?.id === input.handoffId;
  if (same && loaded.head.state === 'active' && loaded.head.agentId === actor.id) {
    return { ownerEpoch: loaded.head.ownerEpoch };
  }
  if (same && loaded.head.state === 'pending' && loaded.head.ring) {
    // It rings at somebody, which does not keep a colleague from taking it.
    const committed = await take(ctx, actor, input, teamIds, loaded.head.ring.agentId);
    if (committed) return { ownerEpoch: committed.head.ownerEpoch };
  }
  if (same && loaded.handoff?.state === 'cancelled') {
    throw new AppError('conflict', 'The customer left the queue just before.');
  }
  return refuseFenced(ctx, actor, 'handoff.claim', input.conversationId);
}
