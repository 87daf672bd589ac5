import { type RoutableRow, readRoutable, readRoutingAgents } from '@/db/queries/routing';
import { type DueTimer, deleteRunTimer, retryTimer } from '@/db/queries/timers';
import type { PullMoment } from '@/lib/domain/order-of-service';
import type { RoutableAgent } from '@/lib/domain/routable-agent';
import { RoutingBoard } from '@/lib/domain/routing-board';
import type { Context } from '../context';
import { pullMoment } from '../queue/order';
import { ring } from './ring';
import { handoffNeeds, routableAgents, routingPolicy } from './team-snapshot';
import { teamOfRouteKey } from './timers';

/** No further into a line than this at a time: whoever waits beyond is behind hundreds who could not be given away either. */
const LOOKS_AT = 500;

/** A team's timer: everything that waits and can be given to somebody rings. Again at once when something moved under it. */
export async function routeTeam(ctx: Context, timer: DueTimer): Promise<void> {
  const teamId = teamOfRouteKey(timer.key);
  const settled = teamId === null || (await pushWaiting(ctx, teamId));
  if (settled) await deleteRunTimer(ctx.db, timer);
  else await retryTimer(ctx.db, timer.key, ctx.now());
}

/**
 * In the order of service, whoever can be given to somebody rings at the best agent. Answers false when a conversation
 * changed meanwhile and has to be looked at anew.
 */
async function pushWaiting(ctx: Context, teamId: string): Promise<boolean> {
  if (ctx.settings.routing(teamId).mode === 'manual') return true;
  const waiting = await readRoutable(ctx.db, teamId, LOOKS_AT);
  if (waiting.length === 0) return true;
  const agents = new Map(
    routableAgents(ctx, await readRoutingAgents(ctx.db)).map((agent) => [agent.id, agent] as const),
  );
  const policy = routingPolicy(ctx, teamId);
  const board = boardOf(ctx, teamId, policy, agents, waiting);
  const byId = new Map(waiting.map((row) => [row.id, row]));
  let moment: PullMoment = await pullMoment(ctx, [teamId]);
  let settled = true;
  for (;;) {
    const push = board.next(teamId, moment);
    const row = push && byId.get(push.handoffId);
    const agent = push?.decision.pick ? agents.get(push.decision.pick) : undefined;
    if (!push || !row || !agent) return settled;
    const outcome = await ring(ctx, row, push.decision, {
      needs: handoffNeeds(ctx, row, teamId),
      policy,
      agents: [...agents.values()],
    });
    if (outcome === 'moved') settled = false;
    if (outcome !== 'agent_taken') board.remove(row.id);
    if (outcome === 'moved') continue;
    const taken: RoutableAgent = { ...agent, status: 'busy', load: agent.load + 1 };
    agents.set(agent.id, taken);
    board.putAgent(taken);
    if (outcome === 'rings' && row.priority !== 1) moment = { ...moment, pulls: moment.pulls + 1 };
  }
}

function boardOf(
  ctx: Context,
  teamId: string,
  policy: ReturnType<typeof routingPolicy>,
  agents: ReadonlyMap<string, RoutableAgent>,
  waiting: readonly RoutableRow[],
): RoutingBoard {
  const board = new RoutingBoard(ctx.now());
  board.setPolicy(teamId, policy);
  for (const agent of agents.values()) board.putAgent(agent);
  for (const row of waiting) {
    const { id, priority, queuedAt, dueAt, targetMs, score } = row;
    board.put({ id, queuedAt, dueAt, targetMs, score, ...handoffNeeds(ctx, row, teamId), priority });
  }
  return board;
}
