import type { Callback, CallbackChannel, CallbackState } from '@/lib/domain/callback';
import type { Database } from '../client';

interface Columns {
  id: string;
  conversation_id: string;
  handoff_id: string;
  team_id: string;
  agent_id: string | null;
  agent_name: string | null;
  channel: CallbackChannel;
  state: CallbackState;
  start_at: Date | null;
  end_at: Date | null;
  late_at: Date;
  phone: string | null;
  email: string | null;
  time_zone: string;
  team_time_zone: string;
  sequence: number;
  reminded_at: Date | null;
  created_at: Date;
}

const SELECT = `select c.id, c.conversation_id, c.handoff_id, c.team_id, c.agent_id, u.name as agent_name, c.channel, c.state,
    c.start_at, c.end_at, c.late_at, c.phone, c.email, c.time_zone, c.team_time_zone, c.sequence, c.reminded_at, c.created_at
  from callbacks c left join users u on u.id = c.agent_id`;

function callbackOf(row: Columns): Callback {
  return {
    callbackId: row.id,
    conversationId: row.conversation_id,
    handoffId: row.handoff_id,
    teamId: row.team_id,
    agent: row.agent_id === null ? null : { id: row.agent_id, name: row.agent_name ?? '' },
    channel: row.channel,
    state: row.state,
    slot:
      row.start_at && row.end_at ? { startAt: row.start_at.getTime(), endAt: row.end_at.getTime() } : null,
    lateAt: row.late_at.getTime(),
    phone: row.phone,
    email: row.email,
    timeZone: row.time_zone,
    teamTimeZone: row.team_time_zone,
    sequence: row.sequence,
    remindedAt: row.reminded_at?.getTime() ?? null,
    createdAt: row.created_at.getTime(),
  };
}

export async function findCallback(db: Database, id: string): Promise<Callback | null> {
  const [row] = await db.query<Columns>(`${SELECT} where c.id = $1::uuid`, [id]);
  return row ? callbackOf(row) : null;
}

/** The newest call of a conversation, over or not. */
export async function newestCallback(db: Database, conversationId: string): Promise<Callback | null> {
  const [row] = await db.query<Columns>(
    `${SELECT} where c.conversation_id = $1::uuid order by c.created_at desc, c.id desc limit 1`,
    [conversationId],
  );
  return row ? callbackOf(row) : null;
}

/** When the call of a handoff is late; null where it has none. */
export async function readLateAt(db: Database, handoffId: string): Promise<number | null> {
  const [row] = await db.query<{ late_at: Date }>(
    'select late_at from callbacks where handoff_id = $1::uuid order by created_at desc limit 1',
    [handoffId],
  );
  return row?.late_at.getTime() ?? null;
}

/** When these agents have calls, but for the one named. `heldUntil` is the end with what was kept free after it. */
export async function readCalls(
  db: Database,
  agentIds: readonly string[],
  from: number,
  exceptId: string | null,
): Promise<{ agentId: string; startAt: number; endAt: number; heldUntil: number }[]> {
  const rows = await db.query<{ agent_id: string; start_at: Date; end_at: Date; held_until: Date }>(
    `select agent_id, start_at, end_at, held_until from callbacks
     where agent_id = any($1::uuid[]) and state in ('booked', 'due') and held_until > $2::timestamptz
       and id is distinct from $3::uuid`,
    [[...agentIds], new Date(from), exceptId],
  );
  return rows.map((row) => ({
    agentId: row.agent_id,
    startAt: row.start_at.getTime(),
    endAt: row.end_at.getTime(),
    heldUntil: row.held_until.getTime(),
  }));
}

/** How many calls of a team are agreed for a time to come. */
export async function countBooked(db: Database, teamId: string, now: number): Promise<number> {
  const [row] = await db.query<{ count: number }>(
    `select count(*)::int as count from callbacks
     where team_id = $1::uuid and state = 'booked' and start_at > $2::timestamptz`,
    [teamId, new Date(now)],
  );
  return row?.count ?? 0;
}

/** A call as the desk lists it. */
export interface CallbackEntry {
  callback: Callback;
  name: string | null;
  visitorId: string;
  topic: string | null;
}

interface EntryColumns extends Columns {
  customer_name: string | null;
  visitor_id: string;
  topic: string | null;
}

/** Calls to come, and those since `since` that are over: of these teams, or of all. In the order of their time. */
export async function listCallbacks(
  db: Database,
  teamIds: readonly string[] | null,
  since: number,
  limit: number,
): Promise<CallbackEntry[]> {
  const rows = await db.query<EntryColumns>(
    `${SELECT.replace(' from callbacks c', ', k.name as customer_name, head.visitor_id, head.topic from callbacks c')}
     join conversations head on head.id = c.conversation_id left join customers k on k.id = head.customer_id
     where ($1::uuid[] is null or c.team_id = any($1::uuid[]))
       and (c.state in ('booked', 'due') or coalesce(c.start_at, c.late_at) > $2::timestamptz)
     order by coalesce(c.start_at, c.late_at), c.id limit $3::int`,
    [teamIds === null ? null : [...teamIds], new Date(since), limit],
  );
  return rows.map((row) => ({
    callback: callbackOf(row),
    name: row.customer_name,
    visitorId: row.visitor_id,
    topic: row.topic,
  }));
}
