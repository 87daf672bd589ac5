import { z } from 'zod';
import type { Actor, AgentActor } from '@/lib/domain/actor';
import { DEFAULT_TEAM_ROUTING, type TeamRouting } from '@/lib/domain/routing-settings';
import { authorise } from '../authorise';
import type { Context } from '../context';
import { AppError, notFound } from '../errors';
import { id } from '../message/inputs';
import { changeSetting } from '../settings/change-setting';
import { routingTerms, seenVersion } from '../settings/inputs';
import { routingKey } from '../settings/settings';
import { wakeTeams } from './pushing-teams';
import { lookAtSteps } from './timers';

export const changeRoutingInput = z.strictObject({
  teamId: id,
  version: seenVersion,
  ...routingTerms.shape,
});

/** How a team's handoffs find their agent from now on, those that wait already among them. */
export async function changeRouting(
  ctx: Context,
  actor: Actor,
  raw: z.input<typeof changeRoutingInput>,
): Promise<TeamRouting> {
  if (actor.kind === 'agent') authorise(actor, 'settings.change');
  const { teamId, version: seen, ...terms } = changeRoutingInput.parse(raw);
  if (ctx.directory.team(teamId) === undefined) throw notFound('team');
  for (const { teamId: next } of terms.chain) {
    if (next === teamId) throw new AppError('invalid', 'A team cannot be its own fallback. Choose another.');
    if (ctx.directory.team(next) === undefined) throw notFound('team');
  }
  const changed = await changeSetting(ctx, actor, {
    key: routingKey(teamId),
    kind: 'routing.changed',
    about: { teamId },
    name: 'the routing',
    held: () => ctx.settings.routing(teamId),
    missing: DEFAULT_TEAM_ROUTING.version,
    seen,
    wanted: (version) => ({ version, ...terms }),
  });
  await lookAtSteps(ctx);
  if (changed.mode === 'manual') ctx.wakeTimers();
  else await wakeTeams(ctx, [teamId]);
  return changed;
}

/** The routing of every team, in the teams' order. */
export function readRouting(
  ctx: Context,
  actor: AgentActor,
): { teamId: string; name: string; routing: TeamRouting }[] {
  authorise(actor, 'settings.read');
  return ctx.directory
    .teams()
    .map(({ id: teamId, name }) => ({ teamId, name, routing: ctx.settings.routing(teamId) }));
}
