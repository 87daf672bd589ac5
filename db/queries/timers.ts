import type { Database } from '../client';

export interface DueTimer {
  key: string;
  kind: string;
  conversationId: string;
  dueAt: number;
  attempts: number;
}

/**
 * Leases what is due, so that of several processes one runs it; a lease that runs out is taken up again. `now` and
 * `leaseMs` come from the one clock.
 */
export async function leaseDueTimers(
  db: Database,
  now: number,
  leaseMs: number,
  limit: number,
): Promise<DueTimer[]> {
  const rows = await db.query<{
    key: string;
    kind: string;
    payload: { conversationId?: string };
    due_at: Date;
    attempts: number;
  }>(
    `update timers set locked_until = $2::timestamptz, attempts = attempts + 1
     where key in (
       select key from timers
       where due_at <= $1::timestamptz and (locked_until is null or locked_until <= $1::timestamptz)
       order by due_at limit $3::int for update skip locked
     ) returning key, kind, payload, due_at, attempts`,
    [new Date(now), new Date(now + leaseMs), limit],
  );
  return rows.map((row) => ({
    key: row.key,
    kind: row.kind,
    conversationId: row.payload.conversationId ?? '',
    dueAt: row.due_at.getTime(),
    attempts: row.attempts,
  }));
}

/** When the next timer is due or its lease ends; null when there is none. Flat however many wait. */
export async function nextTimerAt(db: Database): Promise<number | null> {
  const [row] = await db.query<{ at: Date | null }>(
    `select least(
       (select due_at from timers where locked_until is null order by due_at limit 1),
       (select min(greatest(due_at, locked_until)) from timers where locked_until is not null)) as at`,
  );
  return row?.at?.getTime() ?? null;
}

/** Removes a timer that has done its work, unless it was put off meanwhile. */
export async function deleteDueTimer(db: Database, key: string, now: number): Promise<void> {
  await db.query('delete from timers where key = $1::text and due_at <= $2::timestamptz', [
    key,
    new Date(now),
  ]);
}

/** Removes a timer that has nothing left to do, unless a newer turn moved it. */
export async function deleteTimer(db: Database, key: string, upToSeq: number): Promise<void> {
  await db.query(`delete from timers where key = $1::text and (payload->>'seq')::int <= $2::int`, [
    key,
    upToSeq,
  ]);
}

/** Sets a timer to its next instant, unless a newer change has set it meanwhile. */
export async function moveTimer(db: Database, key: string, dueAt: number, upToSeq: number): Promise<void> {
  await db.query(
    `update timers set due_at = $2::timestamptz, attempts = 0, locked_until = null
     where key = $1::text and (payload->>'seq')::int <= $3::int`,
    [key, new Date(dueAt), upToSeq],
  );
}

/** Removes a timer that has run, unless something set it anew meanwhile. */
export async function deleteRunTimer(db: Database, timer: DueTimer): Promise<void> {
  await db.query(
    'delete from timers where key = $1::text and attempts = $2::int and locked_until is not null',
    [timer.key, timer.attempts],
  );
}

/** These are due now, whatever they were. In order of the keys, so that two who do it never wait in a ring. */
export async function dueNow(
  db: Database,
  keys: readonly string[],
  kind: string,
  now: number,
): Promise<void> {
  await db.query(
    `insert into timers (key, kind, due_at, payload)
     select key, $2::text, $3::timestamptz, '{}'::jsonb from unnest($1::text[]) key order by key
     on conflict (key) do update set due_at = excluded.due_at, attempts = 0, locked_until = null`,
    [[...new Set(keys)], kind, new Date(now)],
  );
}

/** When these timers are due, those of them that exist. */
export async function readTimersOf(
  db: Database,
  kinds: readonly string[],
): Promise<{ key: string; dueAt: number }[]> {
  const rows = await db.query<{ key: string; due_at: Date }>(
    'select key, due_at from timers where kind = any($1::text[])',
    [[...kinds]],
  );
  return rows.map(({ key, due_at }) => ({ key, dueAt: due_at.getTime() }));
}

/** Gives a leased timer back to be tried at `at`. */
export async function retryTimer(db: Database, key: string, at: number): Promise<void> {
  await db.query('update timers set due_at = $2::timestamptz, locked_until = null where key = $1::text', [
    key,
    new Date(at),
  ]);
}

/** A timer that comes round for ever: made once, moved on by each run. */
export async function ensureTimer(db: Database, key: string, kind: string, dueAt: number): Promise<void> {
  await db.query(
    `insert into timers (key, kind, due_at, payload) values ($1::text, $2::text, $3::timestamptz, '{}'::jsonb) on conflict (key) do nothing`,
    [key, kind, new Date(dueAt)],
  );
}

/**
 * One timer of each conversation whose newest handoff is in such a state is due now; its key is `prefix` with the
 * conversation's id. States stand in the text, so that the partial indexes serve. In order of the keys, so that two who do it never wait in a ring.
 */
export async function dueOfHandoffs(
  db: Database,
  { prefix, kind }: { prefix: string; kind: string },
  states: readonly ('pending' | 'claimed')[],
  now: number,
): Promise<void> {
  await db.query(
    `insert into timers (key, kind, due_at, payload)
     select $1::text || head.id, $2::text, $3::timestamptz, jsonb_build_object('conversationId', head.id, 'seq', head.seq)
     from handoffs h join conversations head on head.handoff_id = h.id and head.id = h.conversation_id
     where h.state in (${states.map((state) => `'${state}'`).join(', ')}) order by 1
     on conflict (key) do update
       set due_at = excluded.due_at, payload = excluded.payload, attempts = 0, locked_until = null`,
    [prefix, kind, new Date(now)],
  );
}

/** Moves on a timer that has run and comes round, unless something set it anew meanwhile. */
export async function restTimer(db: Database, timer: DueTimer, dueAt: number): Promise<void> {
  await db.query(
    `update timers set due_at = $3::timestamptz, attempts = 0, locked_until = null
     where key = $1::text and attempts = $2::int and locked_until is not null`,
    [timer.key, timer.attempts, new Date(dueAt)],
  );
}
