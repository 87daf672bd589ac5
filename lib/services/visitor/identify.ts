import { findConversation } from '@/db/queries/conversations';
import type { VisitorActor } from '@/lib/domain/actor';
import { commitChange } from '../commit';
import type { Context } from '../context';
import { customerView } from '../conversation/customer-view';

/** The conversation is now known to be this customer's. Said once: whoever comes second writes nothing. */
export async function identify(
  ctx: Context,
  actor: VisitorActor,
  { conversationId, customerId }: { conversationId: string; customerId: string },
): Promise<void> {
  const loaded = await findConversation(ctx.db, conversationId);
  if (loaded === null) return;
  const change = {
    conversationId,
    guard: { visitorId: actor.id, unidentified: true as const },
    head: { customerId },
    messages: [],
    events: [{ kind: 'conversation.identified' as const, payload: { customerId, verified: true as const } }],
  };
  const customer = await customerView(ctx, { ...loaded.head, customerId });
  await commitChange(ctx, actor, change, {}, customer);
}
