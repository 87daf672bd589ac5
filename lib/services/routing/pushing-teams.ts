import { dueNow } from '@/db/queries/timers';
import type { Context } from '../context';
import { ROUTE_TEAM, routeTeamKey } from './timers';

/** The teams of an agent that push work. */
export function pushingTeams(ctx: Context, agentId: string): string[] {
  const teamIds = ctx.directory.agent(agentId)?.teamIds ?? [];
  return teamIds.filter((teamId) => ctx.settings.routing(teamId).mode !== 'manual').sort();
}

/** These teams look at once at what waits for them. */
export async function wakeTeams(ctx: Context, teamIds: readonly string[]): Promise<void> {
  if (teamIds.length === 0) return;
  await dueNow(ctx.db, teamIds.map(routeTeamKey), ROUTE_TEAM, ctx.now());
  ctx.wakeTimers();
}

/** Somebody may have become free for more: their teams look at what waits. */
export function wakeTeamsOf(ctx: Context, agentIds: readonly string[]): Promise<void> {
  return wakeTeams(ctx, [...new Set(agentIds.flatMap((agentId) => pushingTeams(ctx, agentId)))]);
}
