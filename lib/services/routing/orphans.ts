import { readRoutingAgents, readWaitingRouted } from '@/db/queries/routing';
import { ensureTimer, readTimersOf, retryTimer } from '@/db/queries/timers';
import { beginRouting } from '@/lib/domain/handoff-routing';
import { type Orphan, orphans, type RoutingTimer } from '@/lib/domain/orphans';
import type { Context } from '../context';
import { wakeTeams } from './pushing-teams';
import { type AskedBefore, decisionsFor, routingSettings } from './step';
import { routableAgents } from './team-snapshot';
import { conversationOfStepKey, lookAtSteps, ROUTE_STEP, ROUTE_TEAM, teamOfRouteKey } from './timers';

export const ROUTING_SWEEP = 'routing.sweep';

const EVERY_MS = 30_000;
/** A timer that is due fires within this. */
const GRACE_MS = 5000;

/** The waiting handoffs that have no next step; an empty list proves that there is none. Reads all that waits. */
export async function findOrphans(ctx: Context, graceMs = GRACE_MS): Promise<Orphan[]> {
  const [waiting, rows, timers] = await Promise.all([
    readWaitingRouted(ctx.db),
    readRoutingAgents(ctx.db),
    readTimersOf(ctx.db, [ROUTE_STEP, ROUTE_TEAM]),
  ]);
  const agents = routableAgents(ctx, rows);
  const steps = new Map<string, number>();
  const teams = new Map<string, number>();
  for (const { key, dueAt } of timers) {
    const teamId = teamOfRouteKey(key);
    if (teamId !== null) teams.set(teamId, dueAt);
    else steps.set(conversationOfStepKey(key), dueAt);
  }
  const kept: RoutingTimer[] = [];
  const asked: AskedBefore = new Map();
  const routed = waiting.map((row) => {
    const routing = row.routing ?? beginRouting('', ctx.now(), null);
    for (const at of [steps.get(row.conversationId), ...routing.reached.map((id) => teams.get(id))]) {
      if (at !== undefined) kept.push({ handoffId: row.id, at });
    }
    return {
      handoff: {
        id: row.id,
        waitingSince: routing.since,
        widened: routing.reached.length - 1,
        ring: row.ring,
        declinedAt: routing.declinedAt,
        decisions: decisionsFor(ctx, { ...row, routing }, agents, asked),
      },
      settings: routingSettings(ctx, routing),
    };
  });
  return orphans(routed, kept, ctx.now(), graceMs);
}

/** Every half minute, whichever process is there to do it: what slipped through is given a step again, and said. */
export function scheduleSweeps(ctx: Context): Promise<void> {
  return ensureTimer(ctx.db, ROUTING_SWEEP, ROUTING_SWEEP, ctx.now() + EVERY_MS);
}

export async function sweepRouting(ctx: Context): Promise<void> {
  const pushing = ctx.directory.teams().filter(({ id }) => ctx.settings.routing(id).mode !== 'manual');
  if (pushing.length > 0) {
    const lost = (await findOrphans(ctx)).filter(({ reason }) => reason !== 'nobody_can_take');
    if (lost.length > 0) {
      ctx.log.warn({ count: lost.length, reason: lost[0]?.reason }, 'waiting handoffs had no next step');
      await lookAtSteps(ctx);
      await wakeTeams(
        ctx,
        pushing.map(({ id }) => id),
      );
    }
  }
  await retryTimer(ctx.db, ROUTING_SWEEP, ctx.now() + EVERY_MS);
}
