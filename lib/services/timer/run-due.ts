import { type DueTimer, leaseDueTimers, nextTimerAt, retryTimer } from '@/db/queries/timers';
import type { Context } from '../context';

const LEASE_MS = 15_000;
const BATCH = 64;
const MAX_BACKOFF_MS = 60_000;

/** What a kind of timer does when it is due: it calls a verb, whose commit removes the row. */
export type TimerHandler = (ctx: Context, timer: DueTimer) => Promise<void>;

/** Leases what is due and starts it. A handler that fails is tried again, later each time; nothing is given up. */
export async function startDue(
  ctx: Context,
  handlers: Readonly<Record<string, TimerHandler>>,
  onLateness: (ms: number) => void,
): Promise<Promise<void>[]> {
  const due = await leaseDueTimers(ctx.db, ctx.now(), LEASE_MS, BATCH);
  return due.map(async (timer) => {
    onLateness(ctx.now() - timer.dueAt);
    const handler = handlers[timer.kind];
    if (!handler) {
      ctx.log.error({ kind: timer.kind }, 'no handler for this kind of timer');
      return;
    }
    try {
      await handler(ctx, timer);
    } catch (error) {
      ctx.log.warn(
        { err: error, key: timer.key, attempts: timer.attempts },
        'a timer failed and is tried again',
      );
      const wait = Math.min(MAX_BACKOFF_MS, 200 * 2 ** Math.min(timer.attempts, 12));
      await retryTimer(ctx.db, timer.key, ctx.now() + wait);
    }
  });
}

/** Milliseconds until the next timer is due; null when there is none. */
export async function untilNext(ctx: Context): Promise<number | null> {
  const at = await nextTimerAt(ctx.db);
  return at === null ? null : Math.max(0, at - ctx.now());
}
