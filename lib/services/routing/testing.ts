import { readRoutable } from '@/db/queries/routing';
import type { AgentActor } from '@/lib/domain/actor';
import { DEFAULT_ORDER } from '@/lib/domain/order-of-service';
import { pickAgent } from '@/lib/domain/routing';
import { DEFAULT_ROUTING, DEFAULT_TEAM_ROUTING, type TeamRouting } from '@/lib/domain/routing-settings';
import type { Context } from '../context';
import type { WorldOn } from '../world-on';
import { changeRouting } from './change-routing';
import { ring } from './ring';
import { handoffNeeds } from './team-snapshot';

/** A waiting handoff of the team rings at this agent, as if they alone were there. */
export async function ringAt(
  ctx: Context,
  agent: AgentActor,
  teamId: string,
  { handoffId }: { handoffId: string },
): Promise<void> {
  const row = (await readRoutable(ctx.db, teamId, 10_000)).find(({ id }) => id === handoffId);
  if (!row) throw new Error('It does not wait, or rings already');
  const needs = handoffNeeds(ctx, row, teamId);
  const policy = { ...DEFAULT_ROUTING, mode: 'first_available' as const, order: DEFAULT_ORDER };
  const agents = [
    {
      id: agent.id,
      name: agent.name,
      teamIds: [teamId],
      status: 'available' as const,
      load: 0,
      capacity: 1,
      idleSince: 0,
      lastPushedAt: null,
      skills: {},
      languages: [],
    },
  ];
  const decision = pickAgent(needs, { version: 1, agents }, policy, ctx.now());
  const outcome = await ring(ctx, row, decision, { needs, policy, agents });
  if (outcome !== 'rings') throw new Error(`It does not ring: ${outcome}`);
}

const OPERATOR = { kind: 'system' as const, job: 'test' };

/** Sets the routing of the world's first team. */
export async function setRouting(
  world: Pick<WorldOn, 'ctx' | 'teams'>,
  terms: Partial<Omit<TeamRouting, 'version'>>,
  teamId = world.teams.returns,
): Promise<void> {
  const { version } = world.ctx.settings.routing(teamId);
  await changeRouting(world.ctx, OPERATOR, { ...DEFAULT_TEAM_ROUTING, ...terms, teamId, version });
}

/** The same, for as long as `act` runs. */
export async function withRoutingTerms(
  world: Pick<WorldOn, 'ctx' | 'teams'>,
  terms: Partial<Omit<TeamRouting, 'version'>>,
  act: () => Promise<void>,
): Promise<void> {
  await setRouting(world, terms);
  await act();
  await setRouting(world, {});
}

/** One more team, with nobody in it. */
export async function openTeam(world: Pick<WorldOn, 'ctx'>, name: string): Promise<string> {
  const id = world.ctx.newId();
  await world.ctx.db.query(
    'insert into teams (id, name, position, created_at) values ($1::uuid, $2::text, 9, now())',
    [id, name],
  );
  await world.ctx.directory.refresh();
  return id;
}
