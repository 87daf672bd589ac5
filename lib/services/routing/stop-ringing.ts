import { ringingAt } from '@/db/queries/routing';
import type { AgentActor } from '@/lib/domain/actor';
import type { Context } from '../context';
import { endRing } from './end-ring';

/** What rings at somebody who can take nothing now goes on to the next. */
export async function stopRinging(ctx: Context, actor: AgentActor): Promise<void> {
  const conversationId = await ringingAt(ctx.db, actor.id);
  if (conversationId !== null) await endRing(ctx, actor, conversationId, actor, 'unavailable');
}
