import { z } from 'zod';
import { findConversation } from '@/db/queries/conversations';
import { type RingRow, readRings } from '@/db/queries/routing';
import type { AgentActor } from '@/lib/domain/actor';
import { TRANSITIONS } from '@/lib/domain/transitions';
import { authorise } from '../authorise';
import { commitChange } from '../commit';
import type { Context } from '../context';
import { AppError } from '../errors';
import { id } from '../message/inputs';
import { slaTimer } from '../sla/sla-timer';
import { endRing } from './end-ring';
import { stepKey } from './timers';

export const ringInput = z.strictObject({ conversationId: id, handoffId: id });

/**
 * The agent takes what rings at them, whichever team it waits for; the slot was held for it. Accepting what is already
 * with oneself answers as the first time.
 */
export async function acceptRing(
  ctx: Context,
  actor: AgentActor,
  raw: z.input<typeof ringInput>,
): Promise<{ ownerEpoch: number }> {
  authorise(actor, 'handoff.answerRing');
  const { conversationId, handoffId } = ringInput.parse(raw);
  const [rings] = await readRings(ctx.db, [actor.id]);
  if (rings?.asked && rings.handoffId === handoffId) {
    const taken = await acceptTransfer(ctx, actor, rings.conversationId, rings.asked.fromAgentId, rings);
    if (taken) return { ownerEpoch: taken.head.ownerEpoch };
    return lost(ctx, actor, conversationId, handoffId);
  }
  const teamId = rings?.handoffId === handoffId ? (rings.decided?.decision.teamId ?? null) : null;
  const committed =
    teamId !== null &&
    (await commitChange(
      ctx,
      actor,
      {
        conversationId,
        guard: { states: TRANSITIONS.claim.conversation, handoffId, ringAgentId: actor.id },
        head: { state: 'active', agentId: actor.id, teamId },
        patchHandoff: {
          id: handoffId,
          set: { state: 'claimed', agentId: actor.id, claimedAt: ctx.now(), teamId },
        },
        messages: [],
        events: [
          {
            kind: 'handoff.claimed',
            payload: { handoffId, agentId: actor.id, agentName: actor.name },
          },
        ],
      },
      { teamId: rings?.teamId ?? null },
    ));
  if (committed) return { ownerEpoch: committed.head.ownerEpoch };
  return lost(ctx, actor, conversationId, handoffId);
}

/** From the colleague who asked, who had it until now; the customer is told. */
async function acceptTransfer(
  ctx: Context,
  actor: AgentActor,
  conversationId: string,
  fromAgentId: string,
  { handoffId, teamId }: Pick<RingRow, 'handoffId' | 'teamId'>,
) {
  const from = await ctx.directory.findAgent(fromAgentId);
  return commitChange(
    ctx,
    actor,
    {
      conversationId,
      guard: {
        states: TRANSITIONS.transfer.conversation,
        handoffId,
        agentId: fromAgentId,
        ringAgentId: actor.id,
      },
      head: { agentId: actor.id, participants: { remove: actor.id }, ring: null },
      patchHandoff: { id: handoffId, set: { agentId: actor.id } },
      messages: [],
      events: [
        {
          kind: 'handoff.transferred',
          payload: {
            handoffId,
            fromAgentId,
            fromAgentName: from?.name ?? 'A colleague',
            to: { kind: 'agent', id: actor.id, name: actor.name },
          },
        },
      ],
      removeTimers: [{ key: stepKey(conversationId) }],
      upsertTimers: [slaTimer(conversationId, ctx.now())],
    },
    { teamId, agentId: fromAgentId },
  );
}

async function lost(ctx: Context, actor: AgentActor, conversationId: string, handoffId: string) {
  const loaded = await findConversation(ctx.db, conversationId);
  const same = loaded?.handoff?.id === handoffId;
  if (same && loaded.head.state === 'active' && loaded.head.agentId === actor.id) {
    return { ownerEpoch: loaded.head.ownerEpoch };
  }
  if (same && loaded.head.state === 'active' && loaded.head.agentId !== null) {
    const name = (await ctx.directory.findAgent(loaded.head.agentId))?.name ?? 'A colleague';
    throw new AppError('conflict', `${name} has it now.`, {
      winner: { name, at: loaded.handoff?.claimedAt ?? ctx.now() },
    });
  }
  if (same && loaded.handoff?.state === 'cancelled') {
    throw new AppError('conflict', 'The customer left the queue just before.');
  }
  throw new AppError('conflict', 'It rings at you no longer. It has gone on to somebody else.');
}

/** The agent does not take it: on to the next. What rings at them no longer is declined already. */
export async function declineRing(
  ctx: Context,
  actor: AgentActor,
  raw: z.input<typeof ringInput>,
): Promise<Record<string, never>> {
  authorise(actor, 'handoff.answerRing');
  const { conversationId, handoffId } = ringInput.parse(raw);
  await endRing(ctx, actor, conversationId, actor, 'declined', handoffId);
  return {};
}
