import type { TimerWrite } from '@/db/commit';
import { dueNow, ensureTimer } from '@/db/queries/timers';
import type { Context } from '../context';

/** One timer for all that goes out, due when the next of it is. */
export const OUTBOX_DUE = 'outbox.due';

export function outboxTimer(dueAt: number): TimerWrite {
  return { key: OUTBOX_DUE, kind: OUTBOX_DUE, dueAt };
}

/** Comes round for ever, whichever process is there to do it; at once where this one has a way out, which others may not have had. */
export async function scheduleOutbox(ctx: Context): Promise<void> {
  if (ctx.mailer === null) await ensureTimer(ctx.db, OUTBOX_DUE, OUTBOX_DUE, ctx.now());
  else await dueNow(ctx.db, [OUTBOX_DUE], OUTBOX_DUE, ctx.now());
}

/** Something in the outbox is due now. */
export async function wakeOutbox(ctx: Context): Promise<void> {
  await dueNow(ctx.db, [OUTBOX_DUE], OUTBOX_DUE, ctx.now());
  ctx.wakeTimers();
}
