import { z } from 'zod';
import { countMails, listMails } from '@/db/queries/outbox';
import type { AgentActor } from '@/lib/domain/actor';
import { MAIL_COUNT_CAP, MAIL_STATES, type MailPage, withoutReturnLinks } from '@/lib/domain/mail';
import { authorise } from '../authorise';
import type { Context } from '../context';
import { id, instant } from '../message/inputs';

const PAGE = 50;

export const readMailsInput = z.strictObject({
  state: z.enum(MAIL_STATES),
  before: z.strictObject({ at: instant, id }).nullable(),
});

/** Who was or will be sent what. Addresses and words are for admins alone. */
export async function readMails(
  ctx: Context,
  actor: AgentActor,
  raw: z.input<typeof readMailsInput>,
): Promise<MailPage> {
  authorise(actor, 'mail.manage');
  const { state, before } = readMailsInput.parse(raw);
  const now = ctx.now();
  const [counts, rows] = await Promise.all([
    countMails(ctx.db, MAIL_COUNT_CAP),
    listMails(ctx.db, state, before, now, PAGE + 1),
  ]);
  const mails = rows.slice(0, PAGE).map((mail) => ({ ...mail, text: withoutReturnLinks(mail.text) }));
  const last = mails.at(-1);
  return {
    server: ctx.mailer?.server ?? null,
    counts,
    mails,
    next: rows.length > PAGE && last ? { at: last.createdAt, id: last.id } : null,
    ownAddress: ctx.directory.agent(actor.id)?.email ?? '',
    now,
  };
}

/** Asks the server itself. `trouble` is null when it would take a mail now. */
export async function checkConnection(ctx: Context, actor: AgentActor): Promise<{ trouble: string | null }> {
  authorise(actor, 'mail.manage');
  return { trouble: ctx.mailer === null ? 'No server is configured.' : await ctx.mailer.check() };
}
