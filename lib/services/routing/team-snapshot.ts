import type { RoutableRow, RoutingAgentRow } from '@/db/queries/routing';
import { needsOf } from '@/lib/domain/handoff-routing';
import { type AgentStatus, awayAt, shownStatus } from '@/lib/domain/presence';
import type { RoutableAgent } from '@/lib/domain/routable-agent';
import type { HandoffNeeds, RoutingPolicy } from '@/lib/domain/routing';
import type { Context } from '../context';

/**
 * The agents as they stand. At whom it rings counts as busy: one ring at a time. Whoever no server hears is offline,
 * whatever they say of themselves.
 */
export function routableAgents(ctx: Context, rows: readonly RoutingAgentRow[]): RoutableAgent[] {
  const now = ctx.now();
  const { awayAfterMs } = ctx.settings.queue();
  return rows.map((row) => ({
    id: row.id,
    name: row.name,
    teamIds: row.teamIds,
    status: statusOf(row, awayAfterMs, now),
    load: row.load,
    capacity: row.capacity,
    idleSince: row.idleSince ?? 0,
    lastPushedAt: row.lastPushedAt,
    skills: row.skills,
    languages: row.languages,
  }));
}

function statusOf(row: RoutingAgentRow, awayAfterMs: number | null, now: number): AgentStatus {
  if (row.connectedUntil === null || row.connectedUntil <= now) return 'offline';
  return row.ringing ? 'busy' : shownStatus({ ...row, awayAt: awayAt(row.activeAt, awayAfterMs) }, now);
}

export function routingPolicy(ctx: Context, teamId: string): RoutingPolicy {
  const { version, mode, chain, ringMs } = ctx.settings.routing(teamId);
  return { version, mode, chain, ringMs, order: ctx.settings.queue() };
}

/** What a waiting handoff asks of a team's agents. The customer's language is that of the site they write from. */
export function handoffNeeds(
  ctx: Context,
  row: Pick<RoutableRow, 'priority' | 'mood' | 'widgetId'> & {
    routing: Pick<RoutableRow['routing'], 'declinedBy'>;
  },
  teamId: string,
): HandoffNeeds {
  return needsOf(
    {
      priority: row.priority,
      declinedBy: row.routing.declinedBy,
      language: ctx.directory.widget(row.widgetId)?.locale ?? null,
      frustrated: row.mood === 'frustrated',
    },
    teamId,
    ctx.settings.routing(teamId),
  );
}
