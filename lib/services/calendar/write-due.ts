import {
  type DueEvent,
  leaseEvent,
  markNotWritten,
  markRemoved,
  markWritten,
} from '@/db/queries/calendar-events';
import { dueCalendar } from '@/db/queries/calendars';
import { waitToRead } from '@/lib/domain/connected-calendar';
import type { Context } from '../context';
import { callEvent, callUid } from './call-event';
import { openSealed } from './sealed-access';

/** Longer than any writing takes. */
const LEASE_MS = 60_000;

/**
 * Brings the calendars that take calls to what is agreed, one call after the other, until `until`. What is there is compared
 * with what should be, so that a call, a move or a calendar that was connected later are all the same.
 */
export async function writeDueEvents(ctx: Context, until: number): Promise<void> {
  while (ctx.now() < until) {
    const event = await leaseEvent(ctx.db, ctx.now(), LEASE_MS);
    if (event === null) return;
    ctx.failpoint('calendar-event-leased');
    await write(ctx, event);
  }
}

async function write(ctx: Context, due: DueEvent): Promise<void> {
  const { callbackId, calendarId, failures } = due;
  const sequence = due.wanted ? await put(ctx, due) : await remove(ctx, due);
  if (typeof sequence === 'object') {
    // The reason may hold an address, and stays in the row.
    ctx.log.warn({ callbackId, calendarId, failures: failures + 1 }, 'a call could not be written');
    const nextAt = ctx.now() + waitToRead(failures + 1);
    await markNotWritten(ctx.db, due, { reason: sequence.reason, nextAt });
    return;
  }
  if (sequence === 'removed') await markRemoved(ctx.db, due);
  else await markWritten(ctx.db, due, sequence);
  // What it says of its owner's time is another now.
  await dueCalendar(ctx.db, calendarId, null, ctx.now());
}

async function put(ctx: Context, due: DueEvent): Promise<number | { reason: string }> {
  const event = await callEvent(ctx, due.callbackId);
  if (event === null) return { reason: 'The call is not there any more.' };
  const { write: way } = openSealed(ctx, { id: due.calendarId, sealed: due.sealed });
  if (way === null) return { reason: 'This calendar can be read alone.' };
  const written = await way.put(event);
  ctx.failpoint('calendar-event-written');
  return written.kind === 'written' ? event.sequence : written;
}

async function remove(ctx: Context, due: DueEvent): Promise<'removed' | { reason: string }> {
  const { write: way } = openSealed(ctx, { id: due.calendarId, sealed: due.sealed });
  const removed = (await way?.remove(callUid(ctx, due.callbackId))) ?? { kind: 'written' };
  return removed.kind === 'written' ? 'removed' : removed;
}
