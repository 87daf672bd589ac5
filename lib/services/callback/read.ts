import { z } from 'zod';
import { type CallbackEntry, listCallbacks, newestCallback } from '@/db/queries/callbacks';
import { findConversation } from '@/db/queries/conversations';
import type { AgentActor } from '@/lib/domain/actor';
import type { Callback } from '@/lib/domain/callback';
import { authorise, authoriseOn } from '../authorise';
import type { Context } from '../context';
import { notFound } from '../errors';
import { id } from '../message/inputs';

const LISTED = 200;
const DAY_MS = 24 * 60 * 60_000;

/** The newest call of a conversation, with the number to ring; null where none was agreed. */
export async function readCallback(
  ctx: Context,
  actor: AgentActor,
  raw: z.input<typeof readCallbackInput>,
): Promise<{ callback: Callback | null; meetingUrl: string | null }> {
  authorise(actor, 'conversation.read');
  const { conversationId } = readCallbackInput.parse(raw);
  const loaded = await findConversation(ctx.db, conversationId);
  if (loaded === null) throw notFound('conversation');
  authoriseOn(actor, 'conversation.read', loaded.head);
  const callback = await newestCallback(ctx.db, conversationId);
  const isVideo = callback?.channel === 'video';
  return { callback, meetingUrl: isVideo ? ctx.settings.callbacks(callback.teamId).meetingUrl : null };
}

export const readCallbackInput = z.strictObject({ conversationId: id });

/** The calls of one's teams: all that are to come, and those of the last day. */
export function readCallbacks(ctx: Context, actor: AgentActor): Promise<CallbackEntry[]> {
  const teamIds = authorise(actor, 'view.read');
  return listCallbacks(ctx.db, teamIds, ctx.now() - DAY_MS, LISTED);
}
