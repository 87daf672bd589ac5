import { z } from 'zod';
import { findConversation, readEvents } from '@/db/queries/conversations';
import type { AgentActor } from '@/lib/domain/actor';
import {
  CATCH_UP_EVENTS,
  type ConversationSnapshot,
  SNAPSHOT_EVENTS,
  type StaffBatch,
  type StaffEvent,
} from '@/lib/protocol';
import { authorise, authoriseOn } from '../authorise';
import type { Context } from '../context';
import { notFound } from '../errors';
import { id, seq } from '../message/inputs';
import { customerView } from './customer-view';
import { handoffView, headView, staffEvent } from './wire';

export const openInput = z.strictObject({ conversationId: id });
export const sinceInput = z.strictObject({ conversationId: id, after: seq });
export const beforeInput = z.strictObject({ conversationId: id, before: seq.min(1) });

/** Everything an agent needs to go on with a conversation: head, handoff, customer, the newest of the log. */
export async function openConversation(
  ctx: Context,
  actor: AgentActor,
  raw: z.input<typeof openInput>,
): Promise<ConversationSnapshot> {
  const { conversationId } = openInput.parse(raw);
  const { head, handoff } = await readable(ctx, actor, conversationId);
  const [log, customer] = await Promise.all([
    readEvents(ctx.db, conversationId, { before: head.seq + 1 }, SNAPSHOT_EVENTS),
    customerView(ctx, head),
  ]);
  return {
    conversation: headView(head),
    handoff: handoff && handoffView(handoff),
    customer,
    events: log.events.map((event) => staffEvent(conversationId, event)),
    more: log.more,
    serverNow: ctx.now(),
  };
}

/** What was missed after `after`, authorised afresh. */
export async function eventsSince(
  ctx: Context,
  actor: AgentActor,
  raw: z.input<typeof sinceInput>,
): Promise<StaffBatch & { more: boolean }> {
  const { conversationId, after } = sinceInput.parse(raw);
  const { head } = await readable(ctx, actor, conversationId);
  const log = await readEvents(ctx.db, conversationId, { after }, CATCH_UP_EVENTS);
  const events = log.events
    .filter((logged) => logged.seq <= head.seq)
    .map((event) => staffEvent(conversationId, event));
  const identified = events.some((event) => event.kind === 'conversation.identified');
  return {
    conversationId,
    head: headView(head),
    events,
    ...(identified ? { customer: await customerView(ctx, head) } : {}),
    more: log.more,
  };
}

export async function eventsBefore(
  ctx: Context,
  actor: AgentActor,
  raw: z.input<typeof beforeInput>,
): Promise<{ events: StaffEvent[]; more: boolean }> {
  const { conversationId, before } = beforeInput.parse(raw);
  await readable(ctx, actor, conversationId);
  const log = await readEvents(ctx.db, conversationId, { before }, SNAPSHOT_EVENTS);
  return { events: log.events.map((event) => staffEvent(conversationId, event)), more: log.more };
}

/** The conversation if this agent may read it; asked before a socket joins its room. */
export async function readable(ctx: Context, actor: AgentActor, conversationId: string) {
  authorise(actor, 'conversation.read');
  const loaded = await findConversation(ctx.db, conversationId);
  if (loaded === null) throw notFound('conversation');
  authoriseOn(actor, 'conversation.read', loaded.head);
  return loaded;
}
