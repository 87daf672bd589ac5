import { expect } from 'vitest';
import { ZodError } from 'zod';
import type { LoggedActor } from '@/lib/domain/actor';
import type { ErrorCode, Refusal } from '@/lib/domain/errors';
import type { SlaLedger } from '@/lib/domain/sla-ledger';
import { AppError } from './errors';
import type { TestWorld } from './testing';

const TABLES = [
  'conversations',
  'messages',
  'events',
  'handoffs',
  'callbacks',
  'wait_forecasts',
  'routing_decisions',
  'sealing_keys',
  'secrets',
  'form_links',
  'form_submissions',
  'form_files',
  'outbox',
  'timers',
  'streams',
  'stream_events',
  'users',
  'team_members',
  'invitations',
  'visitors',
  'customers',
  'widgets',
  'settings',
];

/** Who is connected changes with every socket that opens or closes, whatever is asked over it. */
const BUT_PRESENCE: Readonly<Record<string, string>> = {
  timers: `(select * from timers where kind <> 'agent.vanished')`,
  users: `(select to_jsonb(users) - 'connected_until' from users)`,
};

/** Every row that a verb could have touched, so that a refusal can be shown to have touched none. */
export async function footprint(world: TestWorld): Promise<string> {
  const parts = TABLES.map(
    (table) =>
      `select '${table}' as name, md5(coalesce(string_agg(t::text, '|' order by t::text), '')) as content from ${BUT_PRESENCE[table] ?? table} t`,
  );
  return JSON.stringify(await world.ctx.db.query(parts.join(' union all ')));
}

/** Refused with this code, nothing written, nobody told. Answers the refusal for what else is to be said of it. */
export async function expectRefused(
  world: TestWorld,
  code: ErrorCode,
  act: () => Promise<unknown>,
): Promise<Refusal> {
  const [before, told] = [await footprint(world), world.published.length];
  const refusal = await act().then(
    (answer): Refusal => {
      throw new Error(`It was not refused but answered ${JSON.stringify(answer)}`);
    },
    (error: unknown) => asRefusal(error),
  );
  expect(refusal.code, refusal.message).toBe(code);
  expect(await footprint(world)).toBe(before);
  expect(world.published.length).toBe(told);
  return refusal;
}

/** Answered, nothing written, nobody told: what was done before is not done again. */
export async function expectNoChange<T>(world: TestWorld, act: () => Promise<T>): Promise<T> {
  const [before, told] = [await footprint(world), world.published.length];
  const answer = await act();
  expect(await footprint(world)).toBe(before);
  expect(world.published.length).toBe(told);
  return answer;
}

/** Anything else than a refusal is a fault of ours and fails the test. */
function asRefusal(error: unknown): Refusal {
  if (error instanceof AppError) return error.refusal;
  if (error instanceof ZodError) return { code: 'invalid', message: error.message };
  throw error;
}

export interface LogRow {
  seq: number;
  visible: number | null;
  kind: string;
  actor: LoggedActor;
  payload: Record<string, unknown>;
}

/** The log of a conversation; that its numbers have no gap, in both countings, is checked on the way. */
export async function logOf(world: TestWorld, conversationId: string): Promise<LogRow[]> {
  const rows = await world.ctx.db.query<LogRow>(
    'select seq, visible_seq as visible, kind, actor, payload from events where conversation_id = $1::uuid order by seq',
    [conversationId],
  );
  expect(rows.map((row) => row.seq)).toEqual(rows.map((_, index) => index + 1));
  const visible = rows.flatMap((row) => row.visible ?? []);
  expect(visible).toEqual(visible.map((_, index) => index + 1));
  const [head] = await world.ctx.db.query<{ seq: number; visible_seq: number }>(
    'select seq, visible_seq from conversations where id = $1::uuid',
    [conversationId],
  );
  expect(head).toEqual({ seq: rows.length, visible_seq: visible.length });
  return rows;
}

export async function headOf(world: TestWorld, conversationId: string) {
  const [head] = await world.ctx.db.query<{
    state: string;
    owner_epoch: number;
    team_id: string | null;
    agent_id: string | null;
    handoff_id: string | null;
    ring_agent_id: string | null;
    unread: number;
    customer_id: string | null;
    visitor_read_seq: number;
    staff_read_seq: number;
  }>(
    `select state, owner_epoch, team_id, agent_id, handoff_id, ring_agent_id, unread, customer_id, visitor_read_seq, staff_read_seq
     from conversations where id = $1::uuid`,
    [conversationId],
  );
  if (head === undefined) throw new Error('There is no such conversation');
  return head;
}

export async function handoffOf(world: TestWorld, handoffId: string) {
  const [handoff] = await world.ctx.db.query<{
    state: string;
    outcome: string | null;
    team_id: string | null;
    agent_id: string | null;
    queued_at: Date | null;
    claimed_at: Date | null;
    ended_at: Date | null;
    first_reply_at: Date | null;
    priority: number;
    misrouted: boolean;
    sla: SlaLedger;
  }>(
    `select state, outcome, team_id, agent_id, queued_at, claimed_at, ended_at, first_reply_at, priority, misrouted, sla
     from handoffs where id = $1::uuid`,
    [handoffId],
  );
  if (handoff === undefined) throw new Error('There is no such handoff');
  return handoff;
}

export async function timersOf(world: TestWorld, conversationId: string): Promise<string[]> {
  const rows = await world.ctx.db.query<{ key: string }>(
    `select key from timers where payload->>'conversationId' = $1::text`,
    [conversationId],
  );
  return rows.map((row) => row.key);
}
