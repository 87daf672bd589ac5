import { type LeasedCalendar, leaseCalendar, markNotRead, markRead } from '@/db/queries/calendars';
import { READ_EVERY_MS, waitToRead } from '@/lib/domain/connected-calendar';
import type { Context } from '../context';
import type { Reading } from './calendars';
import { openSealed } from './sealed-access';
import { readingWindow } from './window';

/** Longer than any reading takes. */
const LEASE_MS = 60_000;
const AT_ONCE = 4;

/** Reads the calendars that are due until `until`, each by one process at a time. What cannot be read keeps what was known. */
export async function readDueCalendars(ctx: Context, until: number): Promise<void> {
  const work = async () => {
    while (ctx.now() < until) {
      const calendar = await leaseCalendar(ctx.db, ctx.now(), LEASE_MS);
      if (calendar === null) return;
      await readCalendar(ctx, calendar);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
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
    return await openSealed(ctx, calendar).busy(window, calendar.timeZone);
  } catch (error) {
    ctx.log.error({ err: error, calendarId: calendar.id }, 'what is known of a calendar cannot be opened');
    return { kind: 'failed', reason: 'What was sealed cannot be opened any more. Connect it again.' };
  }
}
