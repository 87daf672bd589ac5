import { eventContent, hmacPads } from '@/db/chain';
import { openDatabase } from '@/db/client';
import type { WorldOn } from '@/lib/services/world-on';
import { startTestServerProcess } from '@/lib/setup/test-world.mjs';
import { type Measured, percentile } from './statistics';

const DUE = 5000;
const IDLE = 95_000;
const SPREAD_MS = 10_000;
/** The server is up and quiet before the first instant. */
const LEAD_MS = 3000;
const TARGET_MS = 100;

/**
 * A hundred thousand timers are open and five thousand clocks become at risk within ten seconds: how late each mark is
 * written, beside the same rows written by hand at the same instants. None may be early and none may be missing.
 */
export async function slaTimers(world: WorldOn): Promise<Measured[]> {
  await world.ctx.db.query(
    `insert into timers (key, kind, due_at, payload)
     select 'idle:' || n, 'sla.due', now() + interval '1 day', '{"conversationId":"","seq":0}' from generate_series(1, $1::int) n`,
    [IDLE],
  );
  const server = await startTestServerProcess({
    databaseUrl: world.databaseUrl,
    env: { BATON_SECRET: world.secret, LOG_LEVEL: 'error' },
  });
  let late: number[];
  try {
    await cloneHandoffs(world, Date.now() + LEAD_MS, true);
    late = await marksOf(world);
  } finally {
    await server.close();
  }
  const byHand = await writtenByHand(world);
  return [0.5, 0.99, 1].map((share) => {
    // Both are told when the write begins; a floor below the clock's own millisecond counts as one.
    const [value, floor] = [percentile(late, share), Math.max(1, percentile(byHand, share))];
    return {
      id: 'sla-timers',
      what: `lateness ${share === 1 ? 'max' : `p${share * 100}`}, ${late.length} of ${DUE} marked, ${late.filter((ms) => ms < 0).length} early`,
      value,
      unit: 'ms',
      floor,
      ratio: value / floor,
      rounds: [value / floor],
      target: share === 0.99 ? `<= ${TARGET_MS} ms` : 'shown',
      met: late.length === DUE && Math.min(...late) >= 0 && (share !== 0.99 || value <= TARGET_MS),
    };
  });
}

/** As many pending handoffs as are due, each at risk at its own instant; with their timers, or without for the floor. */
async function cloneHandoffs(
  world: WorldOn,
  from: number,
  timers: boolean,
): Promise<{ id: string; due: number }[]> {
  world.clock.now = Date.now();
  const { conversationId } = await world.conversation('pending');
  const rows = await world.ctx.db.query<{ id: string; due: number }>(
    `with fresh as (
       select gen_random_uuid() as id, gen_random_uuid() as visitor, gen_random_uuid() as handoff,
         ($2::float8 + (n - 1) * $4::float8 / $3::int)::bigint as due from generate_series(1, $3::int) n),
     people as (
       insert into visitors select (jsonb_populate_record(v, jsonb_build_object('id', fresh.visitor))).*
       from fresh, visitors v, conversations c where c.id = $1::uuid and v.id = c.visitor_id),
     heads as (
       insert into conversations
       select (jsonb_populate_record(c, jsonb_build_object('id', fresh.id, 'visitor_id', fresh.visitor, 'handoff_id', fresh.handoff))).*
       from fresh, conversations c where c.id = $1::uuid),
     waiting as (
       insert into handoffs
       select (jsonb_populate_record(h, jsonb_build_object('id', fresh.handoff, 'conversation_id', fresh.id,
         'sla', jsonb_set(jsonb_set(h.sla, '{0,terms,atRiskAt}', to_jsonb(fresh.due)), '{0,terms,dueAt}', to_jsonb(fresh.due + 3600000))))).*
       from fresh, handoffs h where h.conversation_id = $1::uuid),
     clocks as (
       insert into timers (key, kind, due_at, payload)
       select 'sla:' || fresh.id, 'sla.due', to_timestamp(fresh.due / 1000.0), jsonb_build_object('conversationId', fresh.id, 'seq', c.seq)
       from fresh, conversations c where c.id = $1::uuid and $5::bool)
     select id, due::float8 as due from fresh order by due`,
    [conversationId, from, DUE, SPREAD_MS, timers],
  );
  return rows;
}

/** Waits until all are marked, or nothing more comes. */
async function marksOf(world: WorldOn): Promise<number[]> {
  let seen = -1;
  for (const until = Date.now() + LEAD_MS + SPREAD_MS + 20_000; Date.now() < until && seen < DUE; ) {
    await new Promise((resolve) => setTimeout(resolve, 1000));
    const [row] = await world.ctx.db.query<{ marks: number }>(
      `select count(*)::int as marks from events where kind = 'sla.marked'`,
    );
    seen = row?.marks ?? 0;
  }
  const rows = await world.ctx.db.query<{ late: number }>(
    `select extract(epoch from at)::float8 * 1000 - (payload->>'at')::float8 as late from events where kind = 'sla.marked'`,
  );
  return rows.map(({ late }) => Math.round(late));
}

/** The floor: a process that knows every instant beforehand and writes the mark's rows in one statement. */
async function writtenByHand(world: WorldOn): Promise<number[]> {
  const db = openDatabase(world.databaseUrl);
  const pads = hmacPads(world.ctx.keys.audit);
  const due = await cloneHandoffs(world, Date.now() + LEAD_MS, false);
  const late: number[] = [];
  const write = async ({ id, due: instant }: { id: string; due: number }) => {
    const at = Date.now();
    const event = { kind: 'sla.marked', actor: { kind: 'system', job: 'sla' }, payload: { by: 'hand' }, at };
    await db.query(
      `with head as (
         update conversations set version = version + 1, seq = seq + 1,
           chain = audit_chain(chain, id::text, seq, $2::text[], $3::bytea, $4::bytea) where id = $1::uuid returning *),
       clock as (update handoffs set sla = sla || '[]'::jsonb from head where handoffs.id = head.handoff_id)
       insert into events (conversation_id, seq, visible_seq, kind, actor, payload, at, hash)
       select head.id, head.seq, null, 'sla.marked', $5::jsonb, $6::jsonb, $7::timestamptz, head.chain[1] from head`,
      [id, [eventContent(event)], pads.inner, pads.outer, event.actor, event.payload, new Date(at)],
    );
    late.push(at - instant);
  };
  const running: Promise<void>[] = [];
  for (const each of due) {
    const wait = each.due - Date.now();
    if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait));
    running.push(write(each));
  }
  await Promise.all(running);
  await db.close();
  return late;
}
