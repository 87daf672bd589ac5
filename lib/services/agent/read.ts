import { readAgents } from '@/db/queries/agents';
import type { AgentActor } from '@/lib/domain/actor';
import { awayAt, shownStatus } from '@/lib/domain/presence';
import type { ColleaguePresence, OwnPresence } from '@/lib/protocol';
import { authorise } from '../authorise';
import type { Context } from '../context';
import { notFound } from '../errors';
import { readRingViews } from '../routing/ring-views';

/** How it stands with each of these, as they see themselves. */
export async function readOwnPresences(
  ctx: Context,
  agentIds: readonly string[],
): Promise<{ id: string; own: OwnPresence }[]> {
  const [rows, rings] = await Promise.all([readAgents(ctx.db, agentIds), readRingViews(ctx, agentIds)]);
  const { awayAfterMs } = ctx.settings.queue();
  return rows.map(({ id, status, load, capacity, activeAt }) => ({
    id,
    own: { status, awayAt: awayAt(activeAt, awayAfterMs), load, capacity, ring: rings.get(id) ?? null },
  }));
}

export async function readOwnPresence(ctx: Context, agentId: string): Promise<OwnPresence> {
  const [found] = await readOwnPresences(ctx, [agentId]);
  if (found === undefined) throw notFound('person');
  return found.own;
}

/** Everyone as colleagues see them now, for where one of them is chosen. */
export async function readColleagues(
  ctx: Context,
  actor: AgentActor,
): Promise<{ agents: ColleaguePresence[] }> {
  authorise(actor, 'agent.list');
  const now = ctx.now();
  const { awayAfterMs } = ctx.settings.queue();
  const rows = await readAgents(ctx.db, null);
  return {
    agents: rows.map(({ id, status, load, capacity, connectedUntil, activeAt }) => ({
      id,
      status: shownStatus({ status, connectedUntil, awayAt: awayAt(activeAt, awayAfterMs) }, now),
      load,
      capacity,
    })),
  };
}
