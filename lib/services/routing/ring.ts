import { createHash } from 'node:crypto';
import { canonical } from '@/db/chain';
import { isUniqueViolation } from '@/db/errors';
import type { RoutableRow } from '@/db/queries/routing';
import type { Actor } from '@/lib/domain/actor';
import { type DecisionInput, inputOf } from '@/lib/domain/handoff-routing';
import type { RoutingDecision } from '@/lib/domain/routing';
import { TRANSITIONS } from '@/lib/domain/transitions';
import { commitChange } from '../commit';
import type { Context } from '../context';
import { AppError } from '../errors';
import { stepTimer } from './timers';

export const ROUTER: Actor = { kind: 'system', job: 'routing' };

/**
 * A waiting handoff rings at the agent who was picked: one of their slots is held for it, and the decision is stored, in
 * the same statement. `moved` when the conversation changed since it was read, `agent_taken` when the agent did.
 */
export async function ring(
  ctx: Context,
  row: RoutableRow,
  decision: RoutingDecision,
  input: DecisionInput,
): Promise<'rings' | 'moved' | 'agent_taken'> {
  const agentId = decision.pick;
  const agent = agentId === null ? undefined : await ctx.directory.findAgent(agentId);
  if (!agent) return 'agent_taken';
  const until = ctx.now() + ctx.settings.routing(decision.teamId).ringMs;
  const decisionId = ctx.newId();
  try {
    const committed = await commitChange(ctx, ROUTER, {
      conversationId: row.conversationId,
      guard: {
        states: TRANSITIONS.ring.conversation,
        version: row.version,
        handoffId: row.id,
        ringAgentId: null,
      },
      head: { ring: { agentId: agent.id, until } },
      patchHandoff: { id: row.id, set: { routing: row.routing } },
      messages: [],
      events: [
        {
          kind: 'handoff.rang',
          payload: {
            handoffId: row.id,
            agentId: agent.id,
            agentName: agent.name,
            teamId: decision.teamId,
            until,
            decisionId,
            decisionHash: hashOf(decision),
          },
        },
      ],
      decision: {
        id: decisionId,
        agentId: agent.id,
        decision,
        input: inputOf(decision, input.needs, input.policy, input.agents),
      },
      upsertTimers: [stepTimer(row.conversationId, until)],
    });
    return committed ? 'rings' : 'moved';
  } catch (error) {
    if (error instanceof AppError && error.code === 'limit') return 'agent_taken';
    if (isUniqueViolation(error, 'conversations_ring')) return 'agent_taken';
    throw error;
  }
}

/** What the log keeps of a stored decision, so that it cannot be changed unseen. */
export function hashOf(decision: RoutingDecision): string {
  return createHash('sha256').update(canonical(decision)).digest('hex');
}
