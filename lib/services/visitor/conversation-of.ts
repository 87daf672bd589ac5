import { findConversationOfVisitor } from '@/db/queries/conversations';
import type { VisitorActor } from '@/lib/domain/actor';
import type { Context } from '../context';

/** The visitor's one conversation; null before the first word. */
export async function conversationOf(ctx: Context, actor: VisitorActor): Promise<string | null> {
  return actor.conversationId ?? (await findConversationOfVisitor(ctx.db, actor.id))?.id ?? null;
}
