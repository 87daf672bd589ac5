import { writeActive } from '@/db/queries/agents';
import type { AgentActor } from '@/lib/domain/actor';
import { awayAt } from '@/lib/domain/presence';
import type { OwnPresence } from '@/lib/protocol';
import { authorise } from '../authorise';
import type { Context } from '../context';
import { tellAgentChanged } from '../notices';
import { wakeTeamsOf } from '../routing/pushing-teams';
import { readOwnPresence } from './read';

/**
 * Somebody typed or moved in one of the agent's tabs: they are at their desk, whatever their other tabs have seen. Who was
 * away can be given work again.
 */
export async function noteActivity(ctx: Context, actor: AgentActor): Promise<OwnPresence> {
  authorise(actor, 'agent.setStatus');
  const now = ctx.now();
  const before = await writeActive(ctx.db, actor.id, now);
  const away = awayAt(before, ctx.settings.queue().awayAfterMs);
  if (away !== null && away <= now) await wakeTeamsOf(ctx, [actor.id]);
  await tellAgentChanged(ctx, actor.id);
  return readOwnPresence(ctx, actor.id);
}
