import { MAIL_STATES, type Mail, type MailEntry, type MailKind, type MailState } from '@/lib/domain/mail';
import type { Database, Parameter } from '../client';

/** A mail that this process may send, until its lease ends. The attempt is counted already. */
export interface LeasedMail extends Mail {
  attempts: number;
}

/**
 * Takes the mail that is due longest, so that of several processes one sends it; a lease that ran out is taken up
 * again. Null when there is none.
 */
export async function leaseMail(db: Database, now: number, leaseMs: number): Promise<LeasedMail | null> {
  const [row] = await db.query<Omit<LeasedMail, 'createdAt'> & { created_at: Date }>(
    `update outbox set locked_until = $2::timestamptz, attempts = attempts + 1
     where id = (
       select id from outbox
       where state = 'waiting' and due_at <= $1::timestamptz
         and (locked_until is null or locked_until <= $1::timestamptz)
       order by due_at limit 1 for update skip locked
     ) returning id, recipient, subject, text, html, calendar, created_at, attempts`,
    [new Date(now), new Date(now + leaseMs)],
  );
  if (row === undefined) return null;
  const { created_at, ...mail } = row;
  return { ...mail, createdAt: created_at.getTime() };
}

/** It was handed over, whoever else may have leased it since. */
export async function markMailSent(db: Database, id: string, at: number): Promise<void> {
  await db.query(
    `update outbox set state = 'sent', sent_at = $2::timestamptz, locked_until = null, last_error = null
     where id = $1::uuid and state = 'waiting'`,
    [id, new Date(at)],
  );
}

/** It was not handed over. Without a next attempt that was the last. Nothing when another attempt has begun since. */
export async function markMailNotSent(
  db: Database,
  { id, attempts }: Pick<LeasedMail, 'id' | 'attempts'>,
  { reason, dueAt }: { reason: string; dueAt: number | null },
): Promise<void> {
  await db.query(
    `update outbox set state = case when $4::timestamptz is null then 'failed' else state end,
       due_at = coalesce($4::timestamptz, due_at), last_error = $3::text, locked_until = null
     where id = $1::uuid and state = 'waiting' and attempts = $2::int`,
    [id, attempts, reason, dueAt === null ? null : new Date(dueAt)],
  );
}

/** When the next mail is due, or the lease of one ends; null when none waits. */
export async function nextMailAt(db: Database): Promise<number | null> {
  const [row] = await db.query<{ at: Date | null }>(
    `select min(greatest(due_at, coalesce(locked_until, due_at))) as at from outbox where state = 'waiting'`,
  );
  return row?.at?.getTime() ?? null;
}

/** Forgets whom was written what, for mails that are done with and older than `before`. */
export async function deleteOldMails(db: Database, before: number): Promise<void> {
  await db.query(
    `delete from outbox where state in ('sent', 'failed', 'discarded') and created_at < $1::timestamptz`,
    [new Date(before)],
  );
}

interface Columns {
  id: string;
  kind: MailKind;
  conversation_id: string | null;
  recipient: string;
  subject: string;
  text: string;
  state: MailState;
  created_at: Date;
  due_at: Date;
  attempts: number;
  locked_until: Date | null;
  last_error: string | null;
  sent_at: Date | null;
}

/** Mails of one state, newest first; `before` asks for the page after it. */
export async function listMails(
  db: Database,
  state: MailState,
  before: { at: number; id: string } | null,
  now: number,
  limit: number,
): Promise<MailEntry[]> {
  const rows = await db.query<Columns>(
    `select id, kind, conversation_id, recipient, subject, text, state, created_at, due_at, attempts, locked_until,
       last_error, sent_at
     from outbox where state = $1::text
       and ($2::timestamptz is null or (created_at, id) < ($2::timestamptz, $3::uuid))
     order by created_at desc, id desc limit $4::int`,
    [state, before && new Date(before.at), before?.id ?? null, limit],
  );
  return rows.map((row) => ({
    id: row.id,
    kind: row.kind,
    conversationId: row.conversation_id,
    recipient: row.recipient,
    subject: row.subject,
    text: row.text,
    state: row.state,
    createdAt: row.created_at.getTime(),
    dueAt: row.due_at.getTime(),
    attempts: row.attempts,
    isBeingSent: row.locked_until !== null && row.locked_until.getTime() > now,
    lastError: row.last_error,
    sentAt: row.sent_at?.getTime() ?? null,
  }));
}

/** How many there are of each state, counted up to `cap`. */
export async function countMails(db: Database, cap: number): Promise<Record<MailState, number>> {
  const counts = MAIL_STATES.map(
    (state) =>
      `(select count(*) from (select 1 from outbox where state = '${state}' limit $1::int) counted)::int as ${state}`,
  );
  const [row] = await db.query<Record<MailState, number>>(`select ${counts.join(', ')}`, [cap]);
  if (row === undefined) throw new Error('The mails were not counted');
  return row;
}

/** The arm of `commitSetting` that puts a mail into the outbox. */
export function mailWrite(
  mail: Omit<Mail, 'createdAt'> & { kind: MailKind },
  at: number,
): { text: string; parameters: Parameter[] } {
  return {
    text: `insert into outbox (id, kind, recipient, subject, text, html, created_at, due_at)
      values ($1::uuid, $2::text, $3::text, $4::text, $5::text, $6::text, $7::timestamptz, $7::timestamptz) returning id`,
    parameters: [mail.id, mail.kind, mail.recipient, mail.subject, mail.text, mail.html, new Date(at)],
  };
}

const UNHELD = '(locked_until is null or locked_until <= $2::timestamptz)';

/** The arm of `commitSetting` that has a mail tried anew, now; nothing while it is under way, or done with. */
export function retryWrite(id: string, now: number): { text: string; parameters: Parameter[] } {
  return {
    text: `update outbox set due_at = $2::timestamptz, state = 'waiting',
        attempts = case when state = 'failed' then 0 else attempts end
      where id = $1::uuid and state in ('waiting', 'failed') and ${UNHELD} returning id`,
    parameters: [id, new Date(now)],
  };
}

/** The arm of `commitSetting` that gives a mail up; nothing while it is under way, or done with. */
export function discardWrite(id: string, now: number): { text: string; parameters: Parameter[] } {
  return {
    text: `update outbox set state = 'discarded' where id = $1::uuid and state in ('waiting', 'failed') and ${UNHELD} returning id`,
    parameters: [id, new Date(now)],
  };
}

/** How many mails an address was written since then. */
export async function countMailsTo(db: Database, recipient: string, since: number): Promise<number> {
  const [row] = await db.query<{ count: number }>(
    'select count(*)::int as count from outbox where recipient = $1::text and created_at > $2::timestamptz',
    [recipient, new Date(since)],
  );
  return row?.count ?? 0;
}
