import type { TimerWrite } from '@/db/commit';

/** Whoever of a team came free is given what waits. One for each team, however much happens. */
export const ROUTE_TEAM = 'routing.team';
/** The next step of one waiting handoff. */
export const ROUTE_STEP = 'routing.step';

const TEAM = 'route:';
const STEP = 'routing:';
export const routeTeamKey = (teamId: string) => `${TEAM}${teamId}`;
export const teamOfRouteKey = (key: string) => key.slice(TEAM.length);
export const stepKey = (conversationId: string) => `${STEP}${conversationId}`;
export const conversationOfStepKey = (key: string) => key.slice(STEP.length);

export function stepTimer(conversationId: string, dueAt: number): TimerWrite {
  return { key: stepKey(conversationId), kind: ROUTE_STEP, dueAt };
}

export function routeTeamTimer(teamId: string, dueAt: number): TimerWrite {
  return { key: routeTeamKey(teamId), kind: ROUTE_TEAM, dueAt };
}
