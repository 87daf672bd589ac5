import { z } from 'zod';
import { findConversation } from '@/db/queries/conversations';
import { findFormLink, readSealed, readSealedFile } from '@/db/queries/forms';
import type { AgentActor } from '@/lib/domain/actor';
import type { Answers, FileType } from '@/lib/domain/form-template';
import { authorise, authoriseOn } from '../authorise';
import { commitChange } from '../commit';
import type { Context } from '../context';
import { decideAgain } from '../decide-again';
import { notFound } from '../errors';
import { id } from '../message/inputs';
import { unsealed } from './sealing-key';

export const openFormFileInput = z.strictObject({
  conversationId: id,
  linkId: id,
  fieldId: z.string().max(40),
});

export interface OpenedFile {
  name: string;
  type: FileType;
  bytes: Buffer;
}

/** A file that came with a form, for whoever may see it. That they took it is in the log before they have it. */
export async function openFormFile(
  ctx: Context,
  actor: AgentActor,
  raw: z.input<typeof openFormFileInput>,
): Promise<OpenedFile> {
  authorise(actor, 'form.reveal');
  const { conversationId, linkId, fieldId } = openFormFileInput.parse(raw);
  return decideAgain(async () => {
    const loaded = await findConversation(ctx.db, conversationId);
    if (loaded === null) throw notFound('conversation');
    authoriseOn(actor, 'form.reveal', loaded.head);
    const link = await findFormLink(ctx.db, linkId);
    const file =
      link?.conversationId === conversationId ? await readSealedFile(ctx.db, linkId, fieldId) : null;
    const kept = file && (await readSealed(ctx.db, linkId));
    if (!link || !file || !kept) throw notFound('file');
    const names: Answers = JSON.parse((await unsealed(ctx, linkId, null, kept)).toString());
    const bytes = await unsealed(ctx, linkId, fieldId, file);
    const logged = await commitChange(ctx, actor, {
      conversationId,
      guard: { version: loaded.head.version },
      head: {},
      messages: [],
      events: [{ kind: 'form.revealed', payload: { linkId, name: link.form.name, fields: [fieldId] } }],
    });
    return logged && { name: names[fieldId] ?? 'file', type: file.type, bytes };
  });
}
