import type { Change } from '@/db/commit';
import { beginRouting } from '@/lib/domain/handoff-routing';
import type { Context } from '../context';
import { pushingTeams } from './pushing-teams';
import { routeTeamTimer, stepsIn } from './timers';

/**
 * What routing makes of a change, so that no verb can forget it: what enters a queue begins to be routed, and whose slot
 * comes free (`whoFrees`) is looked at by the teams that push work to them.
 */
export function withRouting(ctx: Context, change: Change, whoFrees: string | null): Change {
  const now = ctx.now();
  const timers = [...(change.upsertTimers ?? [])];
  // Whoever accepts a ring may have room for another.
  const freed = [whoFrees, change.guard.ringAgentId ?? null].flatMap((id) =>
    id ? pushingTeams(ctx, id) : [],
  );
  for (const teamId of new Set(freed)) timers.push(routeTeamTimer(teamId, now));
  const answers = change.messages.some(({ author, kind }) => author === 'agent' && kind !== 'note');
  const owner = answers && ctx.settings.queue().waitingFreesSlot ? change.guard.agentId : undefined;
  for (const teamId of owner ? pushingTeams(ctx, owner) : []) {
    timers.push({ ...routeTeamTimer(teamId, now), when: 'slotFreed' });
  }
  const teamId = change.head.teamId ?? change.patchHandoff?.set.teamId ?? null;
  if (change.head.state !== 'pending' || teamId === null || !change.patchHandoff) {
    return timers.length === 0 ? change : { ...change, upsertTimers: timers };
  }
  timers.push(...stepsIn(ctx, teamId, change.conversationId));
  const routing = beginRouting(teamId, now, change.guard.agentId ?? null);
  return {
    ...change,
    patchHandoff: { ...change.patchHandoff, set: { ...change.patchHandoff.set, routing } },
    upsertTimers: timers,
  };
}
