import type { TimerWrite } from '@/db/commit';
import {
  AGENT_VANISHED,
  agentOfVanishKey,
  type HeldConversation,
  heldBy,
  readAgents,
  vanishKey,
} from '@/db/queries/agents';
import { type DueTimer, deleteDueTimer, retryTimer } from '@/db/queries/timers';
import type { Actor } from '@/lib/domain/actor';
import { TRANSITIONS } from '@/lib/domain/transitions';
import { commitChange } from '../commit';
import type { Context } from '../context';
import { endTransfer } from '../handoff/withdraw-transfer';
import { slaTimer } from '../sla/sla-timer';
import { renew } from './renew';

export { AGENT_VANISHED };

const PRESENCE: Actor = { kind: 'system', job: 'presence' };

/** A timer this late was kept from firing by an outage, and so may the renewals have been. */
const LATE_MS = 5000;

/**
 * The grace is over: if nobody has heard the agent since, each of their conversations goes back to its queue, once. Each
 * is a commit of its own under the owner's epoch, so that a kill in between and a second run double nothing. Agents who
 * never connected keep what they have.
 */
export async function vanish(ctx: Context, timer: DueTimer): Promise<void> {
  const agentId = agentOfVanishKey(timer.key);
  if (ctx.hears(agentId)) {
    await renew(ctx, [agentId]);
    return;
  }
  const { graceMs } = ctx.settings.presenceTimes();
  const [agent] = await readAgents(ctx.db, [agentId]);
  const now = ctx.now();
  const until = agent?.connectedUntil ?? null;
  if (until !== null && until > now) return retryTimer(ctx.db, timer.key, until + graceMs);
  if (now - timer.dueAt > LATE_MS) return retryTimer(ctx.db, timer.key, now + graceMs);
  if (agent && until !== null) {
    for (const held of await heldBy(ctx.db, agentId)) await drop(ctx, agent, held);
  }
  await deleteDueTimer(ctx.db, timer.key, now);
}

/** For whoever is given a conversation by another: if they are gone by now, the timer that returned theirs is armed anew. */
export async function vanishTimer(ctx: Context, agentId: string): Promise<TimerWrite[]> {
  const [agent] = await readAgents(ctx.db, [agentId]);
  if (!agent || agent.connectedUntil === null) return [];
  const { graceMs } = ctx.settings.presenceTimes();
  return [{ key: vanishKey(agentId), kind: AGENT_VANISHED, dueAt: ctx.now() + graceMs }];
}

async function drop(
  ctx: Context,
  agent: { id: string; name: string },
  { id, handoffId, ownerEpoch, ...held }: HeldConversation,
): Promise<void> {
  const teamId = held.teamId ?? ctx.directory.widget(held.widgetId)?.teamId;
  await endTransfer(ctx, PRESENCE, { id, state: 'active', ring: held.ring });
  if (teamId === undefined) throw new Error(`Conversation ${id} has no queue to go back to`);
  await commitChange(
    ctx,
    PRESENCE,
    {
      conversationId: id,
      guard: { states: TRANSITIONS.drop.conversation, agentId: agent.id, ownerEpoch, handoffId },
      head: { state: 'pending', agentId: null, teamId },
      patchHandoff: { id: handoffId, set: { state: 'pending', agentId: null, claimedAt: null, teamId } },
      upsertTimers: [slaTimer(id, ctx.now())],
      messages: [],
      events: [
        {
          kind: 'handoff.dropped',
          payload: { handoffId, agentId: agent.id, agentName: agent.name, teamId },
        },
      ],
    },
    { teamId: held.teamId, agentId: agent.id },
  );
}
