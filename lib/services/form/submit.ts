import type { Change, NewSubmission } from '@/db/commit';
import { findConversation, type LoadedConversation } from '@/db/queries/conversations';
import type { FormLinkRow } from '@/db/queries/forms';
import { findVisitor } from '@/db/queries/visitors';
import type { ConversationEvent } from '@/lib/domain/conversation';
import {
  type Answers,
  checkAnswers,
  type GivenFile,
  partAnswers,
  submissionNotes,
} from '@/lib/domain/form-template';
import { isOpenHandoff } from '@/lib/domain/handoff';
import { commitChange } from '../commit';
import type { Context } from '../context';
import { decideAgain } from '../decide-again';
import { AppError } from '../errors';
import { offerOf } from '../handoff/offer';
import { queueChange } from '../handoff/queue';
import { composeMessage } from '../message/compose';
import { type FoundForm, type OpenedForm, readForm } from './read';
import { sealingKey, sealWith } from './sealing-key';

/** A file with its bytes. */
export interface UploadedFile extends GivenFile {
  bytes: Buffer;
}

export type Submission =
  | OpenedForm
  | ({ kind: 'sent' } & FoundForm)
  | { kind: 'faulty'; faults: Readonly<Record<string, string>> };

/**
 * What a customer sends by a link: kept once, noted for the desk without what is sensitive, and read by a person. Whoever
 * is with an agent or in line stays there; else it enters the queue. `sent` is answered once; all else keeps nothing.
 */
export async function submitForm(
  ctx: Context,
  token: string,
  written: Readonly<Record<string, string>>,
  by: 'page' | 'report' = 'page',
  given: Readonly<Record<string, UploadedFile>> = {},
): Promise<Submission> {
  return decideAgain(async () => {
    const opened = await readForm(ctx, token);
    if (opened.kind !== 'open') return opened;
    const { link } = opened;
    // What is hosted elsewhere is believed by its signature alone.
    if ((link.form.target.kind === 'external') !== (by === 'report')) return { kind: 'unknown' } as const;
    const { answers, faults } = checkAnswers(link.form.fields, written, ctx.now(), given);
    if (Object.keys(faults).length > 0) return { kind: 'faulty', faults } as const;
    const loaded = await findConversation(ctx.db, link.conversationId);
    if (loaded === null) throw new Error(`Conversation ${link.conversationId} is gone`);
    const actor = {
      kind: 'visitor',
      id: link.visitorId,
      widgetId: link.widgetId,
      conversationId: link.conversationId,
    } as const;
    try {
      const committed = await commitChange(ctx, actor, await submission(ctx, loaded, link, answers, given));
      return committed && ({ ...opened, kind: 'sent' } as const);
    } catch (error) {
      // Somebody sent it in between, or it ran out: what it is now says which.
      if (error instanceof AppError && error.code === 'conflict') return readForm(ctx, token);
      throw error;
    }
  });
}

async function submission(
  ctx: Context,
  loaded: LoadedConversation,
  link: FormLinkRow,
  answers: Answers,
  given: Readonly<Record<string, UploadedFile>>,
): Promise<Change> {
  const { open, sealed } = partAnswers(link.form.fields, answers);
  const base = await entering(ctx, loaded, link);
  const notes = submissionNotes(link.form, answers).map((body, part) =>
    composeMessage(ctx, {
      clientId: `form-${link.id}-${part}`,
      author: 'bot',
      authorId: null,
      authorName: ctx.directory.widget(link.widgetId)?.botName ?? null,
      kind: 'note',
      body,
    }),
  );
  const submitted: ConversationEvent = {
    kind: 'form.submitted',
    payload: {
      linkId: link.id,
      templateId: link.templateId,
      name: link.form.name,
      answered: Object.keys(answers).length,
      sealed: Object.keys(sealed).length,
    },
  };
  const email = await addressIn(ctx, link, open);
  return {
    ...base,
    submission: { linkId: link.id, answers: open, ...(await sealedParts(ctx, link, sealed, given)) },
    messages: notes.map(({ message }) => message),
    events: [submitted, ...notes.map(({ event }) => event), ...base.events],
    ...(email === null ? {} : { visitorEmail: email }),
  };
}

/** Sealed by one key, whatever is sealed of it; files only of fields that took one. */
async function sealedParts(
  ctx: Context,
  { id, form }: FormLinkRow,
  sealed: Answers,
  given: Readonly<Record<string, UploadedFile>>,
): Promise<Pick<NewSubmission, 'sealed' | 'files'>> {
  if (Object.keys(sealed).length === 0) return { sealed: null, files: [] };
  const key = await sealingKey(ctx);
  const files = form.fields.flatMap(({ id: fieldId, kind }) => {
    const file = kind === 'file' && sealed[fieldId] !== undefined ? given[fieldId] : undefined;
    if (!file || file.type === null) return [];
    return [{ fieldId, type: file.type, size: file.size, ...sealWith(ctx, key, id, fieldId, file.bytes) }];
  });
  return { sealed: sealWith(ctx, key, id, null, Buffer.from(JSON.stringify(sealed))), files };
}

/** Where the customer stands afterwards: where somebody reads it. */
async function entering(ctx: Context, loaded: LoadedConversation, link: FormLinkRow): Promise<Change> {
  const { head, handoff } = loaded;
  const guard = { version: head.version };
  if (head.state === 'pending' || head.state === 'active') {
    return { conversationId: head.id, guard, head: {}, messages: [], events: [] };
  }
  if (head.state === 'bot' && handoff && isOpenHandoff(handoff.state)) {
    return queueChange(ctx, loaded, handoff.id, 'form', link.teamId);
  }
  const { handoff: made } = offerOf(ctx, {
    reason: 'requested_by_customer',
    confidence: null,
    by: 'customer',
    topic: head.topic,
    outlook: null,
  });
  const { patchHandoff, ...queued } = await queueChange(
    ctx,
    { head, handoff: made },
    made.id,
    'form',
    link.teamId,
  );
  const reopens = head.state === 'resolved';
  return {
    ...queued,
    guard: { ...guard, states: [head.state] },
    head: {
      ...queued.head,
      handoffId: made.id,
      ...(reopens ? { agentId: null, resolvedAt: null } : {}),
    },
    insertHandoff: { ...made, pathsOffered: ['form'], ...patchHandoff?.set, claimedAt: null },
    events: [...(reopens ? [{ kind: 'conversation.reopened', payload: {} } as const] : []), ...queued.events],
  };
}

/** An address they wrote is where they are answered, unless they gave one before. */
async function addressIn(ctx: Context, link: FormLinkRow, open: Answers): Promise<string | null> {
  const field = link.form.fields.find(({ kind, id }) => kind === 'email' && open[id] !== undefined);
  const visitor = field ? await findVisitor(ctx.db, link.visitorId) : null;
  return visitor && visitor.email === null && field ? (open[field.id] ?? null) : null;
}
