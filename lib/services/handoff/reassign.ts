import { z } from 'zod';
import type { HandoffRow, Head } from '@/db/queries/conversation-rows';
import { findConversation } from '@/db/queries/conversations';
import type { AgentActor } from '@/lib/domain/actor';
import { canApply } from '@/lib/domain/transitions';
import { authorise, authoriseOn } from '../authorise';
import { commitChange } from '../commit';
import type { Context } from '../context';
import { decideAgain } from '../decide-again';
import { AppError, notFound } from '../errors';
import { id, note, ownerEpoch } from '../message/inputs';
import { slaTimer } from '../sla/sla-timer';
import {
  type Destination,
  destination,
  destinationOf,
  moveTo,
  namedDestination,
  noteAlong,
} from './destination';
import { overCapacity } from './over-capacity';
import { refuseFenced } from './refuse-fenced';
import { endTransfer } from './withdraw-transfer';

export const reassignInput = z.strictObject({
  conversationId: id,
  ownerEpoch,
  to: destination,
  note,
  override: z.literal(true).optional(),
});

/**
 * Whoever supervises the team gives what waits, or what an agent has, to somebody else of theirs; to themself it is a
 * takeover from the agent. Fenced by the epoch like a transfer: the owner's own resolve or transfer may be first. The
 * customer is told, and so are both agents.
 */
export async function reassign(
  ctx: Context,
  actor: AgentActor,
  raw: z.input<typeof reassignInput>,
): Promise<{ ownerEpoch: number }> {
  const teamIds = authorise(actor, 'handoff.reassign');
  const input = reassignInput.parse(raw);
  return decideAgain(async () => {
    const loaded = await findConversation(ctx.db, input.conversationId);
    if (loaded === null) throw notFound('conversation');
    const { head, handoff } = loaded;
    authoriseOn(actor, 'handoff.reassign', head);
    const target = destinationOf(ctx, input.to);
    if (teamIds !== null && !isOf(teamIds, target)) {
      throw new AppError('forbidden', 'They are of another team. Choose somebody of your teams.');
    }
    const stale = head.ownerEpoch !== input.ownerEpoch;
    if (stale || !handoff || !canApply('reassign', head.state, handoff.state)) {
      return refuseFenced(ctx, actor, 'handoff.reassign', head.id);
    }
    refuseWhereItIs(head, target);
    const committed = await give(ctx, actor, { ...loaded, handoff }, target, input);
    return committed && { ownerEpoch: committed.head.ownerEpoch };
  });
}

async function give(
  ctx: Context,
  actor: AgentActor,
  { head, handoff }: { head: Head; handoff: HandoffRow },
  target: Destination,
  input: z.output<typeof reassignInput>,
) {
  const over = target.kind === 'agent' ? overCapacity(actor, input.override, target.agent) : {};
  if (head.state === 'active' && head.ring) {
    await endTransfer(ctx, actor, head);
    return null;
  }
  const moved = await moveTo(ctx, handoff, target);
  const along = noteAlong(ctx, actor, input.note);
  const { id: conversationId, agentId, ring } = head;
  const name = agentId === null ? null : (await ctx.directory.findAgent(agentId))?.name;
  return commitChange(
    ctx,
    actor,
    {
      conversationId,
      guard: {
        states: [head.state],
        ownerEpoch: input.ownerEpoch,
        handoffId: handoff.id,
        ringAgentId: ring?.agentId ?? null,
        ...(agentId === null ? {} : { agentId }),
      },
      ...moved,
      upsertTimers: [...moved.upsertTimers, slaTimer(conversationId, ctx.now())],
      messages: along.messages,
      events: [
        ...along.events,
        {
          kind: 'handoff.reassigned',
          payload: {
            handoffId: handoff.id,
            from: agentId === null ? null : { id: agentId, name: name ?? 'A colleague' },
            to: namedDestination(target),
            ...over,
          },
        },
      ],
      ...over,
    },
    { teamId: head.teamId, agentId },
  );
}

function isOf(teamIds: readonly string[], to: Destination): boolean {
  const theirs = to.kind === 'team' ? [to.team.id] : to.agent.teamIds;
  return theirs.some((teamId) => teamIds.includes(teamId));
}

function refuseWhereItIs(
  head: { state: string; teamId: string | null; agentId: string | null },
  to: Destination,
): void {
  if (to.kind === 'agent' && head.agentId === to.agent.id) {
    throw new AppError('invalid', `${to.agent.name} has it already. Choose somebody else.`);
  }
  if (to.kind === 'team' && head.state === 'pending' && head.teamId === to.team.id) {
    throw new AppError('invalid', `It waits for ${to.team.name} already. Choose somebody else.`);
  }
}
