import { findCallback } from '@/db/queries/callbacks';
import { findConversation } from '@/db/queries/conversations';
import { findCustomer } from '@/db/queries/customers';
import type { CallbackChannel } from '@/lib/domain/callback';
import { visitorLabel } from '@/lib/domain/visitor-label';
import type { Context } from '../context';
import type { CalendarEvent } from './calendars';

const HOW: Readonly<Record<CallbackChannel, string>> = {
  voice: 'By phone',
  video: 'By video',
  chat: 'By chat',
};

/** The id of a call in its agent's calendar: the one that the customer's invitation has. */
export function callUid(ctx: Context, callbackId: string): string {
  return `${callbackId}@${new URL(ctx.baseUrl).hostname}`;
}

/** A call for its agent's calendar: with whom, how, and the way to all else; neither number nor address. */
export async function callEvent(ctx: Context, callbackId: string): Promise<CalendarEvent | null> {
  const callback = await findCallback(ctx.db, callbackId);
  const loaded = callback && (await findConversation(ctx.db, callback.conversationId));
  if (!callback?.slot || !loaded) return null;
  const { head } = loaded;
  const customer = head.customerId ? await findCustomer(ctx.db, head.customerId) : null;
  const url = `${ctx.baseUrl}/inbox/mine/${head.id}`;
  const how = `${HOW[callback.channel]}${head.topic === null ? '' : `, about ${head.topic}`}.`;
  return {
    uid: callUid(ctx, callbackId),
    sequence: callback.sequence,
    title: `Call with ${customer?.name ?? visitorLabel(head.visitorId)}`,
    description: `${how} The number and all that is known: ${url}`,
    url,
    start: callback.slot.startAt,
    end: callback.slot.endAt,
    at: ctx.now(),
  };
}
