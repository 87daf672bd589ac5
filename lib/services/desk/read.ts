import type { AgentActor } from '@/lib/domain/actor';
import type { Desk } from '@/lib/protocol';
import { readOwnPresence } from '../agent/read';
import { authorise } from '../authorise';
import type { Context } from '../context';
import { AppError } from '../errors';

/** What the desk shows around every conversation: who is here, which teams, and who one is oneself. */
export async function readDesk(ctx: Context, actor: AgentActor): Promise<Desk> {
  authorise(actor, 'desk.open');
  const me = ctx.directory.agent(actor.id);
  if (!me) throw new AppError('unauthenticated', 'Your account was closed. Ask an admin.');
  const presence = await readOwnPresence(ctx, actor.id);
  const widget = ctx.directory.widgets()[0];
  return {
    me,
    presence,
    agents: ctx.directory.agents().map(({ id, name, role, teamIds }) => ({ id, name, role, teamIds })),
    teams: ctx.directory.teams().map(({ id, name }) => ({ id, name })),
    workspaceName: widget?.shopName ?? 'Baton',
    botName: widget?.botName ?? 'Bot',
    serverNow: ctx.now(),
  };
}
