import { z } from 'zod';
import { findConversation } from '@/db/queries/conversations';
import { findFormLink, readSealed } from '@/db/queries/forms';
import type { AgentActor } from '@/lib/domain/actor';
import type { Answers } from '@/lib/domain/form-template';
import type { RevealedAnswers } from '@/lib/protocol';
import { authorise, authoriseOn } from '../authorise';
import { commitChange } from '../commit';
import type { Context } from '../context';
import { decideAgain } from '../decide-again';
import { notFound } from '../errors';
import { id } from '../message/inputs';
import { unsealed } from './sealing-key';

export const revealFormInput = z.strictObject({ conversationId: id, linkId: id });

/** What is kept sealed of a submission, for whoever may see it. That they looked is in the log before they see it. */
export async function revealForm(
  ctx: Context,
  actor: AgentActor,
  raw: z.input<typeof revealFormInput>,
): Promise<RevealedAnswers> {
  authorise(actor, 'form.reveal');
  const { conversationId, linkId } = revealFormInput.parse(raw);
  return decideAgain(() => reveal(ctx, actor, conversationId, linkId));
}

async function reveal(
  ctx: Context,
  actor: AgentActor,
  conversationId: string,
  linkId: string,
): Promise<RevealedAnswers | null> {
  const loaded = await findConversation(ctx.db, conversationId);
  if (loaded === null) throw notFound('conversation');
  authoriseOn(actor, 'form.reveal', loaded.head);
  const link = await findFormLink(ctx.db, linkId);
  const kept = link?.conversationId === conversationId ? await readSealed(ctx.db, linkId) : null;
  if (link === null || kept === null) throw notFound('form');
  const answers: Answers = JSON.parse((await unsealed(ctx, linkId, null, kept)).toString());
  const shown = link.form.fields.flatMap((field) => {
    const value = answers[field.id];
    return value === undefined
      ? []
      : [{ id: field.id, label: field.label, value, isFile: field.kind === 'file' }];
  });
  const logged = await commitChange(ctx, actor, {
    conversationId,
    guard: { version: loaded.head.version },
    head: {},
    messages: [],
    events: [
      {
        kind: 'form.revealed',
        payload: { linkId, name: link.form.name, fields: shown.map((field) => field.id) },
      },
    ],
  });
  return logged && { answers: shown };
}
