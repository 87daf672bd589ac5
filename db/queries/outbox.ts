import type { Mail } from '@/lib/domain/mail';
import type { Database } from '../client';

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
     ) returning id, recipient, subject, text, html, created_at, attempts`,
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
