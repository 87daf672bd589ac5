import { dueNow, ensureTimer } from '@/db/queries/timers';
import type { Context } from '../context';

/** One timer for all calendars, due when the next of them is to be read. */
export const CALENDARS_DUE = 'calendars.due';

/** Comes round for ever, whichever process is there to do it. */
export async function scheduleCalendars(ctx: Context): Promise<void> {
  await ensureTimer(ctx.db, CALENDARS_DUE, CALENDARS_DUE, ctx.now());
}

/** A calendar is to be read now. */
export async function wakeCalendars(ctx: Context): Promise<void> {
  await dueNow(ctx.db, [CALENDARS_DUE], CALENDARS_DUE, ctx.now());
  ctx.wakeTimers();
}
