import type { AgentActor } from '@/lib/domain/actor';
import { authorise } from '../authorise';
import type { Context } from '../context';
import { AppError } from '../errors';
import { readOrder } from '../queue/order';
import { claim } from './claim';

const TRIES = 20;

/** Claims the first in the order of service. When a colleague is faster, the one after that. */
export async function claimNext(
  ctx: Context,
  actor: AgentActor,
): Promise<{ conversationId: string; ownerEpoch: number }> {
  const teamIds = authorise(actor, 'handoff.claim');
  for (const { handoff } of (await readOrder(ctx, teamIds)).slice(0, TRIES)) {
    const { conversationId, id: handoffId } = handoff;
    try {
      const { ownerEpoch } = await claim(ctx, actor, { conversationId, handoffId });
      return { conversationId, ownerEpoch };
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== 'conflict') throw error;
    }
  }
  throw new AppError('not_found', 'Nobody is waiting.');
}
