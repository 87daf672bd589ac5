import type { TimerWrite } from '@/db/commit';
import { ensureTimer } from '@/db/queries/timers';
import type { Context } from '../context';

/** One timer for all that goes out, due when the next of it is. */
export const OUTBOX_DUE = 'outbox.due';

export function outboxTimer(dueAt: number): TimerWrite {
  return { key: OUTBOX_DUE, kind: OUTBOX_DUE, dueAt };
}

/** Comes round for ever, whichever process is there to do it. */
export function scheduleOutbox(ctx: Context): Promise<void> {
  return ensureTimer(ctx.db, OUTBOX_DUE, OUTBOX_DUE, ctx.now());
}
