import type { CalendarKind } from '@/lib/domain/connected-calendar';
import type { Database } from '../client';

/** A call that is to stand in a calendar, or no longer. */
export interface DueEvent {
  callbackId: string;
  calendarId: string;
  kind: CalendarKind;
  sealed: Buffer;
  wanted: boolean;
  failures: number;
  lockedUntil: number;
}

interface Columns {
  callback_id: string;
  calendar_id: string;
  kind: CalendarKind;
  sealed: Buffer;
  wanted: boolean;
  failures: number;
  locked_until: Date;
}

const UNHELD = `e.locked_until is null or e.locked_until <= $1::timestamptz`;

/**
 * Takes one call that stands in a calendar otherwise than it is agreed: in the one that takes its agent's calls it is to
 * stand as it is now, in all others not at all. Calls that are over are left as they stand. Null where there is none.
 */
export async function leaseEvent(db: Database, now: number, leaseMs: number): Promise<DueEvent | null> {
  const [row] = await db.query<Columns>(
    `with due as (
       select c.id as callback_id, cal.id as calendar_id, e.due_at, true as wanted
       from callbacks c join calendars cal on cal.user_id = c.agent_id and cal.takes_calls
         left join calendar_events e on e.callback_id = c.id and e.calendar_id = cal.id
       where c.state in ('booked', 'due') and c.end_at > $1::timestamptz and e.sequence is distinct from c.sequence
         and (e.due_at is null or e.due_at <= $1::timestamptz) and (${UNHELD})
       union all
       select e.callback_id, e.calendar_id, e.due_at, false
       from calendar_events e join callbacks c on c.id = e.callback_id join calendars cal on cal.id = e.calendar_id
       where (c.state = 'cancelled' or c.agent_id is distinct from cal.user_id or not cal.takes_calls)
         and c.end_at > $1::timestamptz and e.due_at <= $1::timestamptz and (${UNHELD})
       order by due_at nulls first limit 1
     ),
     held as (
       insert into calendar_events as e (callback_id, calendar_id, due_at, locked_until)
       select callback_id, calendar_id, $1::timestamptz, $2::timestamptz from due
       on conflict (callback_id, calendar_id) do update set locked_until = excluded.locked_until where ${UNHELD}
       returning e.callback_id, e.calendar_id, e.failures, e.locked_until
     )
     select held.callback_id, held.calendar_id, cal.kind, cal.sealed, due.wanted, held.failures, held.locked_until
     from held join due using (callback_id, calendar_id) join calendars cal on cal.id = held.calendar_id`,
    [new Date(now), new Date(now + leaseMs)],
  );
  return row
    ? {
        callbackId: row.callback_id,
        calendarId: row.calendar_id,
        kind: row.kind,
        sealed: row.sealed,
        wanted: row.wanted,
        failures: row.failures,
        lockedUntil: row.locked_until.getTime(),
      }
    : null;
}

type Held = Pick<DueEvent, 'callbackId' | 'calendarId' | 'lockedUntil'>;
const HELD = 'callback_id = $1::uuid and calendar_id = $2::uuid and locked_until = $3::timestamptz';
const heldBy = (event: Held) => [event.callbackId, event.calendarId, new Date(event.lockedUntil)];

/** It stands there as it was at that number of its changes. */
export async function markWritten(db: Database, event: Held, sequence: number): Promise<void> {
  await db.query(
    `update calendar_events set sequence = $4::int, failures = 0, trouble = null, locked_until = null where ${HELD}`,
    [...heldBy(event), sequence],
  );
}

/** It stands there no longer. */
export async function markRemoved(db: Database, event: Held): Promise<void> {
  await db.query(`delete from calendar_events where ${HELD}`, heldBy(event));
}

export async function markNotWritten(
  db: Database,
  event: Held,
  { reason, nextAt }: { reason: string; nextAt: number },
): Promise<void> {
  await db.query(
    `update calendar_events set failures = failures + 1, trouble = $4::text, due_at = $5::timestamptz, locked_until = null
     where ${HELD}`,
    [...heldBy(event), reason, new Date(nextAt)],
  );
}
