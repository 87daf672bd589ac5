import { findConversation } from '@/db/queries/conversations';
import type { AgentActor } from '@/lib/domain/actor';
import { allows, type Operation } from '@/lib/domain/permissions';
import type { Context } from '../context';
import { AppError, notFound } from '../errors';

/** Why an owner's write was refused: who has the conversation now, or that it ended. Always throws. */
export async function refuseFenced(
  ctx: Context,
  actor: AgentActor,
  operation: Operation,
  conversationId: string,
): Promise<never> {
  const loaded = await findConversation(ctx.db, conversationId);
  if (loaded === null || !allows(actor, 'conversation.read', loaded.head)) throw notFound('conversation');
  const { head, handoff } = loaded;
  if (head.state === 'active' && head.agentId !== null && head.agentId !== actor.id) {
    const name = (await ctx.directory.findAgent(head.agentId))?.name ?? 'A colleague';
    throw new AppError('conflict', `${name} has this conversation now.`, {
      winner: { name, at: handoff?.claimedAt ?? ctx.now() },
    });
  }
  if (head.state === 'active' && head.agentId === actor.id) {
    throw new AppError('conflict', 'The conversation changed hands in between. Look again, then go on.');
  }
  const where = {
    bot: 'is with the bot',
    pending: 'waits in the queue',
    resolved: 'is resolved',
    active: '',
  };
  if (operation === 'message.send' && head.state === 'pending') {
    throw new AppError('conflict', 'Claim the conversation first: it waits in the queue.');
  }
  throw new AppError('conflict', `This conversation ${where[head.state]} now.`);
}
