import type { Change } from '@/db/commit';
import { findVisitor } from '@/db/queries/visitors';
import type { VisitorActor } from '@/lib/domain/actor';
import type { Context } from '../context';
import { AppError } from '../errors';

/** The change that makes a visitor's conversation, to be completed with what starts it. */
export async function startOf(ctx: Context, actor: VisitorActor): Promise<Change> {
  const visitor = await findVisitor(ctx.db, actor.id);
  if (visitor === null) throw new AppError('unauthenticated', 'Open the chat again to go on.');
  return {
    conversationId: ctx.newId(),
    create: { widgetId: visitor.widgetId, visitorId: visitor.id, customerId: visitor.customerId },
    guard: {},
    head: { state: 'bot' },
    messages: [],
    events: [
      { kind: 'conversation.started', payload: { widgetId: visitor.widgetId, visitorId: visitor.id } },
    ],
  };
}
