import { findConversation } from '@/db/queries/conversations';
import type { AgentActor } from '@/lib/domain/actor';
import { authorise, authoriseOn } from '../authorise';
import type { Context } from '../context';
import { notFound } from '../errors';

/** The visitor who should see this agent typing: theirs when the agent owns the conversation or takes part in it, else nobody. */
export async function typingTarget(
  ctx: Context,
  actor: AgentActor,
  conversationId: string,
): Promise<string | null> {
  authorise(actor, 'conversation.read');
  const loaded = await findConversation(ctx.db, conversationId);
  if (loaded === null) throw notFound('conversation');
  authoriseOn(actor, 'conversation.read', loaded.head);
  const { state, agentId, participants, visitorId } = loaded.head;
  const writes = agentId === actor.id || participants.includes(actor.id);
  return state === 'active' && writes ? visitorId : null;
}
