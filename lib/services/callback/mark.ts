import { z } from 'zod';
import { newestCallback } from '@/db/queries/callbacks';
import { findConversation } from '@/db/queries/conversations';
import type { AgentActor } from '@/lib/domain/actor';
import { authorise, authoriseOn } from '../authorise';
import { commitChange } from '../commit';
import type { Context } from '../context';
import { decideAgain } from '../decide-again';
import { AppError, notFound } from '../errors';
import { id } from '../message/inputs';
import { slaTimer } from '../sla/sla-timer';
import { termsOf } from './terms';
import { callbackKey } from './timer';

export const markInput = z.strictObject({ conversationId: id, callbackId: id, kept: z.boolean() });

/**
 * Whether the call took place, as whoever has the conversation says. One that was booked as missed because nobody had said
 * so may still be kept. Saying the same again changes nothing.
 */
export async function markCallback(
  ctx: Context,
  actor: AgentActor,
  raw: z.input<typeof markInput>,
): Promise<Record<string, never>> {
  authorise(actor, 'callback.mark');
  const { conversationId, callbackId, kept } = markInput.parse(raw);
  return decideAgain(async () => {
    // The head first: a call that is older than its head would pass the guard.
    const loaded = await findConversation(ctx.db, conversationId);
    const callback = await newestCallback(ctx.db, conversationId);
    if (loaded === null || callback?.callbackId !== callbackId) throw notFound('call');
    const { head } = loaded;
    authoriseOn(actor, 'callback.mark', head);
    const state = kept ? 'kept' : 'missed';
    if (callback.state === state) return {};
    if (callback.state !== 'due' && !(callback.state === 'missed' && kept)) {
      throw new AppError('conflict', 'It is not time for this call, or it is over.');
    }
    if (head.state !== 'active')
      throw new AppError('conflict', 'Claim the conversation first: the call is yours then.');
    const committed = await commitChange(ctx, actor, {
      conversationId,
      guard: { states: ['active'], version: head.version },
      head: {},
      patchCallback: { id: callbackId, from: [callback.state], set: { state } },
      marksFirstReply: true,
      messages: [],
      events: [
        kept
          ? { kind: 'callback.kept', payload: termsOf(callback) }
          : { kind: 'callback.missed', payload: { ...termsOf(callback), by: 'customer' } },
      ],
      upsertTimers: [slaTimer(conversationId, ctx.now())],
      removeTimers: [{ key: callbackKey(conversationId) }],
    });
    return committed && {};
  });
}
