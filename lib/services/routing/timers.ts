import type { TimerWrite } from '@/db/commit';
import { dueOfHandoffs } from '@/db/queries/timers';
import type { Context } from '../context';

/** Whoever of a team came free is given what waits. One for each team, however much happens. */
export const ROUTE_TEAM = 'routing.team';
/** The next step of one waiting handoff. */
export const ROUTE_STEP = 'routing.step';

const TEAM = 'route:';
const STEP = 'routing:';
export const routeTeamKey = (teamId: string) => `${TEAM}${teamId}`;
/** Null for the key of another kind of timer. */
export const teamOfRouteKey = (key: string) => (key.startsWith(TEAM) ? key.slice(TEAM.length) : null);
export const stepKey = (conversationId: string) => `${STEP}${conversationId}`;
export const conversationOfStepKey = (key: string) => key.slice(STEP.length);

export function stepTimer(conversationId: string, dueAt: number): TimerWrite {
  return { key: stepKey(conversationId), kind: ROUTE_STEP, dueAt };
}

export function routeTeamTimer(teamId: string, dueAt: number): TimerWrite {
  return { key: routeTeamKey(teamId), kind: ROUTE_TEAM, dueAt };
}

/** The next step of a waiting handoff of this team is looked at now; none where agents claim by hand and nobody else is asked. */
export function stepsIn(ctx: Context, teamId: string | null, conversationId: string): TimerWrite[] {
  if (teamId === null) return [];
  const { mode, chain } = ctx.settings.routing(teamId);
  return mode === 'manual' && chain.length === 0 ? [] : [stepTimer(conversationId, ctx.now())];
}

/** The next step of every waiting handoff is looked at now. */
export function lookAtSteps(ctx: Context): Promise<void> {
  return dueOfHandoffs(ctx.db, { prefix: STEP, kind: ROUTE_STEP }, ['pending'], ctx.now());
}
