import {
  type LeasedCalendar,
  leaseCalendar,
  markNotRead,
  markRead,
  nextReadingAt,
} from '@/db/queries/calendars';
import { type DueTimer, restTimer } from '@/db/queries/timers';
import { READ_EVERY_MS, waitToRead } from '@/lib/domain/connected-calendar';
import type { Context } from '../context';
import type { Reading } from './calendars';
import { openAccess } from './sealed-access';
import { readingWindow } from './window';

/** Longer than any reading takes. */
const LEASE_MS = 60_000;
const AT_ONCE = 4;
/** A run ends by then, so that a process that drains waits for the readings under way alone. */
const RUN_MS = 5_000;
/** Looked at as often, whatever the timer was told. */
const ROUND_MS = 60_000;

/** Reads the calendars that are due, each by one process at a time. What cannot be read keeps what was known. */
export async function readDueCalendars(ctx: Context, timer: DueTimer): Promise<void> {
  const until = ctx.now() + RUN_MS;
  const work = async () => {
    while (ctx.now() < until) {
      const calendar = await leaseCalendar(ctx.db, ctx.now(), LEASE_MS);
      if (calendar === null) return;
      await readCalendar(ctx, calendar);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  const round = ctx.now() + ROUND_MS;
  await restTimer(ctx.db, timer, Math.min(round, (await nextReadingAt(ctx.db)) ?? round));
}

async function readCalendar(ctx: Context, calendar: LeasedCalendar): Promise<void> {
  const at = ctx.now();
  const window = readingWindow(at);
  const reading = await ask(ctx, calendar, window);
  if (reading.kind === 'read') {
    const nextAt = ctx.now() + READ_EVERY_MS;
    await markRead(ctx.db, calendar, { busy: reading.busy, knownUntil: window.end, at, nextAt });
    return;
  }
  const { id: calendarId, kind, failures } = calendar;
  // The reason may hold an address, and stays in the row.
  ctx.log.warn({ calendarId, kind, failures: failures + 1 }, 'a calendar could not be read');
  const nextAt = ctx.now() + waitToRead(failures + 1);
  await markNotRead(ctx.db, calendar, { reason: reading.reason, at, nextAt });
}

async function ask(
  ctx: Context,
  calendar: LeasedCalendar,
  window: ReturnType<typeof readingWindow>,
): Promise<Reading> {
  try {
    return await ctx.calendars.open(openAccess(ctx, calendar)).busy(window, calendar.timeZone);
  } catch (error) {
    ctx.log.error({ err: error, calendarId: calendar.id }, 'what is known of a calendar cannot be opened');
    return { kind: 'failed', reason: 'What was sealed cannot be opened any more. Connect it again.' };
  }
}
