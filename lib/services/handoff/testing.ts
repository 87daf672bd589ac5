import type { AgentActor } from '@/lib/domain/actor';
import type { Context } from '../context';
import { acceptRing } from '../routing/answer-ring';
import { transfer } from './transfer';

/** Asked and accepted: the conversation is the colleague's. */
export async function handOver(
  ctx: Context,
  from: AgentActor,
  to: AgentActor,
  held: { conversationId: string; handoffId: string; ownerEpoch: number },
  note = '',
): Promise<{ ownerEpoch: number }> {
  const { conversationId, handoffId, ownerEpoch } = held;
  await transfer(ctx, from, { conversationId, ownerEpoch, to: { kind: 'agent', id: to.id }, note });
  return acceptRing(ctx, to, { conversationId, handoffId });
}
