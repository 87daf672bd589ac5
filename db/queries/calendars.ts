import type { Span } from '@/lib/domain/callback-slots';
import type { CalendarKind, ConnectedCalendar, KnownBusy } from '@/lib/domain/connected-calendar';
import type { Database, Parameter } from '../client';

interface Columns {
  id: string;
  user_id: string;
  kind: CalendarKind;
  name: string;
  host: string;
  takes_calls: boolean;
  read_at: Date;
  trouble: string | null;
  troubled_since: Date | null;
  due_at: Date;
  unwritten: number;
  unwritten_reason: string | null;
}

const COLUMNS = `id, user_id, kind, name, host, takes_calls, read_at, trouble, troubled_since, due_at,
  (select count(*)::int from calendar_events e where e.calendar_id = calendars.id and e.trouble is not null) as unwritten,
  (select e.trouble from calendar_events e where e.calendar_id = calendars.id and e.trouble is not null limit 1) as unwritten_reason`;

function calendarOf(row: Columns): ConnectedCalendar {
  return {
    id: row.id,
    agentId: row.user_id,
    kind: row.kind,
    name: row.name,
    host: row.host,
    takesCalls: row.takes_calls,
    readAt: row.read_at.getTime(),
    trouble:
      row.trouble !== null && row.troubled_since
        ? { reason: row.trouble, since: row.troubled_since.getTime() }
        : null,
    nextReadAt: row.due_at.getTime(),
    unwritten: row.unwritten_reason === null ? null : { count: row.unwritten, reason: row.unwritten_reason },
  };
}

/** The calendars of one agent, or of all, in the order in which they were connected. */
export async function listCalendars(db: Database, agentId: string | null): Promise<ConnectedCalendar[]> {
  const rows = await db.query<Columns>(
    `select ${COLUMNS} from calendars where $1::uuid is null or user_id = $1::uuid order by created_at, id`,
    [agentId],
  );
  return rows.map(calendarOf);
}

/** When these agents are busy elsewhere, as far as it is known. */
export async function readKnownBusy(
  db: Database,
  agentIds: readonly string[],
): Promise<(KnownBusy & { agentId: string })[]> {
  const rows = await db.query<{ user_id: string; busy: Span[]; read_at: Date; known_until: Date }>(
    'select user_id, busy, read_at, known_until from calendars where user_id = any($1::uuid[])',
    [[...agentIds]],
  );
  return rows.map((row) => ({
    agentId: row.user_id,
    busy: row.busy,
    readAt: row.read_at.getTime(),
    knownUntil: row.known_until.getTime(),
  }));
}

export interface CalendarReading {
  busy: Span[];
  knownUntil: number;
  at: number;
  nextAt: number;
}

export interface NewCalendar extends CalendarReading {
  id: string;
  agentId: string;
  kind: CalendarKind;
  name: string;
  host: string;
  timeZone: string;
  sealed: Buffer;
}

/**
 * The arm of `commitSetting` that connects a calendar; nothing where the agent has `most` of them. The first that can
 * takes the agent's calls.
 */
export function connectWrite(
  { id, agentId, kind, name, host, timeZone, sealed, busy, knownUntil, at, nextAt }: NewCalendar,
  most: number,
): { text: string; parameters: Parameter[] } {
  return {
    text: `insert into calendars (id, user_id, kind, name, host, time_zone, sealed, takes_calls, busy, read_at, known_until, due_at, created_at)
      select $1::uuid, $2::uuid, $3::text, $4::text, $5::text, $6::text, $7::bytea,
        $3::text <> 'feed' and not exists (select 1 from calendars where user_id = $2::uuid and takes_calls),
        $8::jsonb, $9::timestamptz, $10::timestamptz, $11::timestamptz, $9::timestamptz
      where (select count(*) from calendars where user_id = $2::uuid) < $12::int
      returning id`,
    parameters: [
      id,
      agentId,
      kind,
      name,
      host,
      timeZone,
      sealed,
      busy,
      new Date(at),
      new Date(knownUntil),
      new Date(nextAt),
      most,
    ],
  };
}

/** The arm of `commitSetting` that forgets a calendar; of `agentId` alone where one is given. */
export function disconnectWrite(
  id: string,
  agentId: string | null,
): { text: string; parameters: Parameter[] } {
  return {
    text: 'delete from calendars where id = $1::uuid and ($2::uuid is null or user_id = $2::uuid) returning id',
    parameters: [id, agentId],
  };
}

export interface LeasedCalendar {
  id: string;
  kind: CalendarKind;
  timeZone: string;
  sealed: Buffer;
  failures: number;
  lockedUntil: number;
}

/** Takes the calendar that is due longest, so that of several processes one reads it. Null when there is none. */
export async function leaseCalendar(
  db: Database,
  now: number,
  leaseMs: number,
): Promise<LeasedCalendar | null> {
  const [row] = await db.query<
    Omit<LeasedCalendar, 'timeZone' | 'lockedUntil'> & { time_zone: string; locked_until: Date }
  >(
    `update calendars set locked_until = $2::timestamptz
     where id = (
       select id from calendars
       where due_at <= $1::timestamptz and (locked_until is null or locked_until <= $1::timestamptz)
       order by due_at limit 1 for update skip locked
     ) returning id, kind, time_zone, sealed, failures, locked_until`,
    [new Date(now), new Date(now + leaseMs)],
  );
  if (row === undefined) return null;
  const { time_zone, locked_until, ...rest } = row;
  return { ...rest, timeZone: time_zone, lockedUntil: locked_until.getTime() };
}

/** What was read holds from now on. Nothing where another reading has begun since. */
export async function markRead(
  db: Database,
  { id, lockedUntil }: Pick<LeasedCalendar, 'id' | 'lockedUntil'>,
  { busy, knownUntil, at, nextAt }: CalendarReading,
): Promise<void> {
  await db.query(
    `update calendars set busy = $3::jsonb, read_at = $4::timestamptz, known_until = $5::timestamptz, due_at = $6::timestamptz,
       trouble = null, troubled_since = null, failures = 0, locked_until = null
     where id = $1::uuid and locked_until = $2::timestamptz`,
    [id, new Date(lockedUntil), busy, new Date(at), new Date(knownUntil), new Date(nextAt)],
  );
}

/** It could not be read: what was known stays. */
export async function markNotRead(
  db: Database,
  { id, lockedUntil }: Pick<LeasedCalendar, 'id' | 'lockedUntil'>,
  { reason, at, nextAt }: { reason: string; at: number; nextAt: number },
): Promise<void> {
  await db.query(
    `update calendars set trouble = $3::text, troubled_since = coalesce(troubled_since, $4::timestamptz),
       failures = failures + 1, due_at = $5::timestamptz, locked_until = null
     where id = $1::uuid and locked_until = $2::timestamptz`,
    [id, new Date(lockedUntil), reason, new Date(at), new Date(nextAt)],
  );
}

/** When the next calendar is to be read, or a lease ends; null when there is none. */
export async function nextReadingAt(db: Database): Promise<number | null> {
  const [row] = await db.query<{ at: Date | null }>(
    'select min(greatest(due_at, coalesce(locked_until, due_at))) as at from calendars',
  );
  return row?.at?.getTime() ?? null;
}

/** One calendar is to be read now; false where there is none such. Of `agentId` alone where one is given. */
export async function dueCalendar(
  db: Database,
  id: string,
  agentId: string | null,
  now: number,
): Promise<boolean> {
  const rows = await db.query(
    `update calendars set due_at = least(due_at, $3::timestamptz)
     where id = $1::uuid and ($2::uuid is null or user_id = $2::uuid) returning id`,
    [id, agentId, new Date(now)],
  );
  return rows.length === 1;
}

/** No calendar of this agent takes their calls. */
export async function takeNoCalls(db: Database, agentId: string): Promise<void> {
  await db.query('update calendars set takes_calls = false where user_id = $1::uuid and takes_calls', [
    agentId,
  ]);
}

/** The arm of `commitSetting` by which one of an agent's calendars takes their calls, or not; of those that can. */
export function takeCallsWrite(
  id: string,
  agentId: string,
  takes: boolean,
): { text: string; parameters: Parameter[] } {
  return {
    text: `update calendars set takes_calls = $3::boolean where id = $1::uuid and user_id = $2::uuid and kind <> 'feed' returning id`,
    parameters: [id, agentId, takes],
  };
}

/** Another access takes the place of the one before. */
export async function renewAccess(db: Database, id: string, sealed: Buffer): Promise<void> {
  await db.query('update calendars set sealed = $2::bytea where id = $1::uuid', [id, sealed]);
}
