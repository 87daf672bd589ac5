import { z } from 'zod';
import { newestCallback } from '@/db/queries/callbacks';
import { findConversation } from '@/db/queries/conversations';
import { findCustomer } from '@/db/queries/customers';
import type { AgentActor } from '@/lib/domain/actor';
import { isOpenCallback } from '@/lib/domain/callback';
import { authorise, authoriseOn } from '../authorise';
import { commitChange } from '../commit';
import type { Context } from '../context';
import { decideAgain } from '../decide-again';
import { AppError, notFound } from '../errors';
import { id } from '../message/inputs';
import { cancelChange } from './cancel-change';

export const cancelCallbackInput = z.strictObject({ conversationId: id, callbackId: id });

/** An agent calls a call off; the customer is told. */
export async function cancelAsAgent(
  ctx: Context,
  actor: AgentActor,
  raw: z.input<typeof cancelCallbackInput>,
): Promise<Record<string, never>> {
  authorise(actor, 'callback.cancel');
  const { conversationId, callbackId } = cancelCallbackInput.parse(raw);
  return decideAgain(async () => {
    // The head first: a call that is older than its head would pass the guard.
    const loaded = await findConversation(ctx.db, conversationId);
    const callback = await newestCallback(ctx.db, conversationId);
    if (loaded === null || callback?.callbackId !== callbackId) throw notFound('call');
    const { head } = loaded;
    authoriseOn(actor, 'callback.cancel', head);
    if (callback.state === 'cancelled') return {};
    if (!isOpenCallback(callback.state)) throw new AppError('conflict', 'The call is over.');
    const customer = head.customerId ? await findCustomer(ctx.db, head.customerId) : null;
    const { change, left } = cancelChange(ctx, loaded, callback, customer?.name ?? null);
    return (await commitChange(ctx, actor, change, left)) && {};
  });
}
