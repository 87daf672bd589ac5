import {
  deleteOldMails,
  type LeasedMail,
  leaseMail,
  markMailNotSent,
  markMailSent,
  nextMailAt,
} from '@/db/queries/outbox';
import { type DueTimer, restTimer } from '@/db/queries/timers';
import { type Delivery, waitAfter } from '@/lib/domain/mail';
import type { Context } from '../context';
import type { Mailer } from './mailer';

/** Longer than any attempt: the mailer answers within a minute. */
const LEASE_MS = 90_000;
const AT_ONCE = 4;
/** A run ends by then, so that a process that drains waits for the mails under way alone. */
const RUN_MS = 5_000;
/** After a connection that failed nothing is tried for so long. */
const PAUSE_MS = 15_000;
/** Looked at as often, whatever the timer was told. */
const ROUND_MS = 60_000;
const KEEP_MS = 30 * 24 * 60 * 60_000;

/**
 * Sends what is due. Each mail is leased by one process at a time, and marked once the server has taken it: a process that
 * dies between the two leaves a mail that goes out again, with the same Message-ID.
 */
export async function sendDue(ctx: Context, timer: DueTimer): Promise<void> {
  const until = ctx.now() + RUN_MS;
  let pausedUntil = 0;
  const { mailer } = ctx;
  const work = async (through: Mailer) => {
    while (pausedUntil === 0 && ctx.now() < until) {
      const mail = await leaseMail(ctx.db, ctx.now(), LEASE_MS);
      if (mail === null) return;
      const delivery = await send(ctx, through, mail);
      if (delivery.kind === 'failed' && delivery.of === 'connection') pausedUntil = ctx.now() + PAUSE_MS;
    }
  };
  if (mailer !== null) await Promise.all(Array.from({ length: AT_ONCE }, () => work(mailer)));
  await deleteOldMails(ctx.db, ctx.now() - KEEP_MS);
  const round = ctx.now() + ROUND_MS;
  const next = mailer === null ? null : await nextMailAt(ctx.db);
  await restTimer(ctx.db, timer, Math.min(round, Math.max(pausedUntil, next ?? round)));
}

async function send(ctx: Context, mailer: Mailer, mail: LeasedMail): Promise<Delivery> {
  ctx.failpoint('mail-leased');
  const delivery = await mailer.send(mail);
  ctx.failpoint('mail-sent');
  if (delivery.kind === 'sent') {
    await markMailSent(ctx.db, mail.id, ctx.now());
    return delivery;
  }
  const { reason } = delivery;
  const wait = delivery.kind === 'refused' ? null : waitAfter(mail.attempts);
  // The reason may hold an address, and stays in the row.
  ctx.log.warn({ mailId: mail.id, attempts: mail.attempts, last: wait === null }, 'a mail was not taken');
  await markMailNotSent(ctx.db, mail, { reason, dueAt: wait === null ? null : ctx.now() + wait });
  return delivery;
}
