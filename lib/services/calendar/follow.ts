import { nextReadingAt } from '@/db/queries/calendars';
import { type DueTimer, restTimer } from '@/db/queries/timers';
import type { Context } from '../context';
import { readDueCalendars } from './read-due';
import { writeDueEvents } from './write-due';

/** A run begins nothing after that, so that a process that drains waits for what is under way alone. */
const RUN_MS = 5_000;
/** Looked at as often, whatever the timer was told. */
const ROUND_MS = 60_000;

/** Keeps what is known of calendars elsewhere, and what stands in them, to what it should be. */
export async function followCalendars(ctx: Context, timer: DueTimer): Promise<void> {
  await writeDueEvents(ctx, ctx.now() + RUN_MS);
  await readDueCalendars(ctx, ctx.now() + RUN_MS);
  const round = ctx.now() + ROUND_MS;
  await restTimer(ctx.db, timer, Math.min(round, (await nextReadingAt(ctx.db)) ?? round));
}
