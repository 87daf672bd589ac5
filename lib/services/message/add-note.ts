import { z } from 'zod';
import { findConversation } from '@/db/queries/conversations';
import type { AgentActor } from '@/lib/domain/actor';
import type { Sent } from '@/lib/protocol';
import { authorise, authoriseOn } from '../authorise';
import { commitChange } from '../commit';
import type { Context } from '../context';
import { notFound } from '../errors';
import { composeMessage } from './compose';
import { body, clientId, id } from './inputs';
import { receipt, sendOnce } from './send-once';

export const addNoteInput = z.strictObject({ conversationId: id, clientId, body });

/** A note for colleagues. Nobody outside the desk ever receives it, nor learns that it exists. */
export async function addNote(
  ctx: Context,
  actor: AgentActor,
  raw: z.input<typeof addNoteInput>,
): Promise<Sent> {
  authorise(actor, 'note.add');
  const input = addNoteInput.parse(raw);
  const loaded = await findConversation(ctx.db, input.conversationId);
  if (loaded === null) throw notFound('conversation');
  authoriseOn(actor, 'note.add', loaded.head);
  const key = { ...input, author: 'agent', authorId: actor.id } as const;
  const sent = await sendOnce(ctx, key, async () => {
    const { message, event } = composeMessage(ctx, {
      clientId: input.clientId,
      author: 'agent',
      authorId: actor.id,
      authorName: actor.name,
      kind: 'note',
      body: input.body,
    });
    const committed = await commitChange(ctx, actor, {
      conversationId: input.conversationId,
      guard: {},
      head: {},
      messages: [message],
      events: [event],
    });
    return committed && receipt(committed, message.id);
  });
  if (sent === null) throw notFound('conversation');
  return sent;
}
