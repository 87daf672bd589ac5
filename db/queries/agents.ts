import type { AgentStatus } from '@/lib/domain/presence';
import type { Database } from '../client';

/** The timer by which an agent's conversations go back when nobody hears the agent any more. */
export const AGENT_VANISHED = 'agent.vanished';
const KEY = 'presence:';
export const vanishKey = (agentId: string) => `${KEY}${agentId}`;
export const agentOfVanishKey = (key: string) => key.slice(KEY.length);

const ARM = `insert into timers (key, kind, due_at, payload)
  select '${KEY}' || id, '${AGENT_VANISHED}', $3::timestamptz, '{}'::jsonb from held order by id`;

/**
 * A server's word that it hears these agents until then, and the timers for when it no longer does, in one statement.
 * Rows are locked in the order of ids, so that servers who hear the same agents do not wait for each other.
 */
export async function renewAgents(
  db: Database,
  agentIds: readonly string[],
  until: number,
  vanishAt: number,
): Promise<void> {
  await db.query(
    `with held as materialized (select id from users where id = any($1::uuid[]) order by id for no key update),
     here as (update users set connected_until = $2::timestamptz from held where users.id = held.id)
     ${ARM} on conflict (key) do update set due_at = excluded.due_at, attempts = 0, locked_until = null`,
    [[...agentIds], new Date(until), new Date(vanishAt)],
  );
}

/** The opposite, never later than it was: another server that hears them says so with its next renewal. */
export async function shortenAgents(
  db: Database,
  agentIds: readonly string[],
  until: number,
  vanishAt: number,
): Promise<void> {
  await db.query(
    `with held as materialized (select id from users where id = any($1::uuid[]) order by id for no key update),
     gone as (update users set connected_until = least(connected_until, $2::timestamptz) from held where users.id = held.id)
     ${ARM} on conflict (key) do update set due_at = least(timers.due_at, excluded.due_at)`,
    [[...agentIds], new Date(until), new Date(vanishAt)],
  );
}

/** Puts the timers off when no server's word holds for anybody: then it was the servers that were gone. */
export async function putOffVanishing(db: Database, now: number, until: number): Promise<void> {
  await db.query(
    `update timers set due_at = $2::timestamptz where kind = '${AGENT_VANISHED}' and due_at < $2::timestamptz
       and not exists (select 1 from users where connected_until > $1::timestamptz)`,
    [new Date(now), new Date(until)],
  );
}

export interface AgentRow {
  id: string;
  name: string;
  status: AgentStatus;
  capacity: number;
  load: number;
  connectedUntil: number | null;
  activeAt: number | null;
}

/** How things stand with these people, or with everyone who may sign in. */
export async function readAgents(db: Database, agentIds: readonly string[] | null): Promise<AgentRow[]> {
  const rows = await db.query<
    Omit<AgentRow, 'connectedUntil' | 'activeAt'> & { connected_until: Date | null; active_at: Date | null }
  >(
    `select id, name, status, capacity, load, connected_until, active_at from users
     where disabled_at is null and ($1::uuid[] is null or id = any($1::uuid[])) order by name, id`,
    [agentIds === null ? null : [...agentIds]],
  );
  return rows.map(({ connected_until, active_at, ...row }) => ({
    ...row,
    connectedUntil: connected_until?.getTime() ?? null,
    activeAt: active_at?.getTime() ?? null,
  }));
}

/**
 * Brings the slots of conversations in hand to what the rule says, and the loads with them; answers whose load moved. A
 * commit that comes in between is seen: rows are looked at again once they are locked. Conversations come before agents, as
 * in every commit, and both in the order of ids.
 */
export async function recountSlots(db: Database, waitingFreesSlot: boolean): Promise<string[]> {
  const wrong = `state = 'active' and holds_slot = ($1::boolean and awaiting_since is null)`;
  const rows = await db.query<{ id: string }>(
    `with found as materialized (select id from conversations where ${wrong} order by id for no key update),
     moved as (update conversations c set holds_slot = not holds_slot from found where c.id = found.id and ${wrong}
       returning c.agent_id, c.holds_slot),
     deltas as materialized (select agent_id, sum(case when holds_slot then 1 else -1 end)::int as delta from moved group by agent_id),
     locked as materialized (select u.id from users u join deltas on deltas.agent_id = u.id order by u.id for no key update of u)
     update users set load = load + deltas.delta from deltas join locked on locked.id = deltas.agent_id
     where users.id = deltas.agent_id returning users.id`,
    [waitingFreesSlot],
  );
  return rows.map(({ id }) => id);
}

export interface HeldConversation {
  id: string;
  teamId: string | null;
  widgetId: string;
  handoffId: string;
  ownerEpoch: number;
  /** The colleague who is asked to take it over. */
  ring: { agentId: string } | null;
}

/** What an agent has open. */
export async function heldBy(db: Database, agentId: string): Promise<HeldConversation[]> {
  const rows = await db.query<{
    id: string;
    team_id: string | null;
    widget_id: string;
    handoff_id: string;
    owner_epoch: number;
    ring_agent_id: string | null;
  }>(
    `select id, team_id, widget_id, handoff_id, owner_epoch, ring_agent_id from conversations
     where agent_id = $1::uuid and state = 'active' and handoff_id is not null order by last_message_at`,
    [agentId],
  );
  return rows.map((row) => ({
    id: row.id,
    teamId: row.team_id,
    widgetId: row.widget_id,
    handoffId: row.handoff_id,
    ownerEpoch: row.owner_epoch,
    ring: row.ring_agent_id === null ? null : { agentId: row.ring_agent_id },
  }));
}

export async function writeStatus(db: Database, agentId: string, status: AgentStatus): Promise<void> {
  await db.query('update users set status = $2::text where id = $1::uuid and status <> $2::text', [
    agentId,
    status,
  ]);
}

/** Never earlier than another tab said. Answers when they were last active before. */
export async function writeActive(db: Database, agentId: string, at: number): Promise<number | null> {
  const [row] = await db.query<{ before: Date | null }>(
    `update users set active_at = greatest(users.active_at, $2::timestamptz)
     from (select id, active_at from users where id = $1::uuid) was where users.id = was.id
     returning was.active_at as before`,
    [agentId, new Date(at)],
  );
  return row?.before?.getTime() ?? null;
}
