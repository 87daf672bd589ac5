import type { Priority } from '@/lib/domain/handoff';
import { MEMORY, type QueueCounts } from '@/lib/domain/queue-rates';
import type { WaitingHandoff } from '@/lib/domain/waiting-handoff';
import type { Database } from '../client';

/** Who waits for one of these teams, by handoff id; one that rings holds a slot of the agent at whom it does. */
export type WaitingRow = WaitingHandoff & { conversationId: string; visitorId: string; isRinging: boolean };

/** The queue of these teams (null: of all), the highest priority and the longest wait first, up to `limit`. */
export async function readWaiting(
  db: Database,
  teamIds: readonly string[] | null,
  limit: number,
): Promise<WaitingRow[]> {
  const rows = await db.query<{
    id: string;
    conversation_id: string;
    visitor_id: string;
    priority: Priority;
    queued_at: Date;
    response_due_at: Date | null;
    response_target_ms: string | null;
    is_ringing: boolean;
    score: number;
  }>(
    `select h.id, h.conversation_id, c.visitor_id, c.ring_agent_id is not null as is_ringing, h.priority, h.score, h.queued_at, h.response_due_at, h.response_target_ms
     from handoffs h join conversations c on c.id = h.conversation_id
     where h.state = 'pending' and ($1::uuid[] is null or h.team_id = any($1::uuid[]))
     order by h.priority, h.queued_at, h.id limit $2::int`,
    [teamIds === null ? null : [...teamIds], limit],
  );
  return rows.map((row) => ({
    id: row.id,
    conversationId: row.conversation_id,
    visitorId: row.visitor_id,
    isRinging: row.is_ringing,
    score: row.score,
    priority: row.priority,
    queuedAt: row.queued_at.getTime(),
    dueAt: row.response_due_at?.getTime() ?? null,
    targetMs: Number(row.response_target_ms ?? 0),
  }));
}

/** How far back a rate looks, and at how many of the newest handoffs of a team at most. */
const LOOKS_BACK = { handled: "interval '30 days'", arrived: "interval '1 day'", at: 500 };

export interface TeamCounts {
  teamId: string;
  counts: QueueCounts;
  /** Those who were taken from the line. */
  taken: { samples: number; meanWaitMs: number | null };
}

/** What each team's queue is measured by, as of that instant. Reads a bounded part of an index for each team. */
export async function readQueueCounts(
  db: Database,
  teamIds: readonly string[],
  now: number,
): Promise<TeamCounts[]> {
  const weight = (at: string, memory: string) =>
    `exp(-extract(epoch from $2::timestamptz - ${at}) * 1000 / ${memory}::float8)`;
  const ms = (from: string, to: string) => `extract(epoch from ${to} - ${from}) * 1000`;
  const rows = await db.query<CountRow>(
    `select team.id, handled.*, arrived.*, waited.* from unnest($1::uuid[]) as team (id)
     cross join lateral (
       select count(*)::int as handled_samples, coalesce(sum(w), 0)::float8 as handled, coalesce(sum(w * took), 0)::float8 as handling_ms
       from (select ${weight('ended_at', '$3')} as w, ${ms('claimed_at', 'ended_at')} as took from handoffs
         where team_id = team.id and claimed_at is not null and ended_at <= $2::timestamptz
           and ended_at > $2::timestamptz - ${LOOKS_BACK.handled}
         order by ended_at desc limit ${LOOKS_BACK.at}) newest) handled
     cross join lateral (
       select case when count(*) = ${LOOKS_BACK.at} then min(queued_at) else $2::timestamptz - ${LOOKS_BACK.arrived} end as since,
         ${[1, 2, 3, 4].map((priority) => `coalesce(sum(w) filter (where priority = ${priority}), 0)::float8 as arrived_${priority}`).join(', ')}
       from (select queued_at, priority, ${weight('queued_at', '$4')} as w from handoffs
         where team_id = team.id and path = 'live' and queued_at <= $2::timestamptz
           and queued_at > $2::timestamptz - ${LOOKS_BACK.arrived}
         order by queued_at desc limit ${LOOKS_BACK.at}) newest) arrived
     cross join lateral (
       select count(*) filter (where not gone)::int as taken_samples, coalesce(sum(w) filter (where gone), 0)::float8 as gone,
         coalesce(sum(w * waited), 0)::float8 as waited_ms,
         (sum(w * waited) filter (where not gone) / sum(w) filter (where not gone))::float8 as mean_wait_ms
       from (select ${weight('queued_at', '$3')} as w, first_claimed_at is null as gone, ${ms('queued_at', 'coalesce(first_claimed_at, ended_at)')} as waited
         from handoffs where team_id = team.id and path = 'live' and queued_at <= $2::timestamptz
           and queued_at > $2::timestamptz - ${LOOKS_BACK.handled} and coalesce(first_claimed_at, ended_at) <= $2::timestamptz
         order by queued_at desc limit ${LOOKS_BACK.at}) newest) waited`,
    [[...teamIds], new Date(now), MEMORY.handlingMs, MEMORY.arrivalsMs],
  );
  return rows.map((row) => countsOf(row, now));
}

interface CountRow {
  id: string;
  handled_samples: number;
  handled: number;
  handling_ms: number;
  since: Date;
  arrived_1: number;
  arrived_2: number;
  arrived_3: number;
  arrived_4: number;
  taken_samples: number;
  gone: number;
  waited_ms: number;
  mean_wait_ms: number | null;
}

function countsOf(row: CountRow, now: number): TeamCounts {
  const sum = (value: number) => ({ value, at: now });
  return {
    teamId: row.id,
    counts: {
      since: row.since.getTime(),
      handled: { ...sum(row.handled), samples: row.handled_samples },
      handlingTime: sum(row.handling_ms),
      arrived: {
        1: sum(row.arrived_1),
        2: sum(row.arrived_2),
        3: sum(row.arrived_3),
        4: sum(row.arrived_4),
      },
      left: sum(row.gone),
      waitedTime: sum(row.waited_ms),
    },
    taken: { samples: row.taken_samples, meanWaitMs: row.mean_wait_ms },
  };
}

/** Slots of those who are there and available, and were active since `awayBefore`: all, of which somebody in several teams brings each a part, and the free ones. */
export async function readTeamSlots(
  db: Database,
  teamIds: readonly string[],
  now: number,
  awayBefore: number | null,
): Promise<{ teamId: string; slots: number; free: number }[]> {
  const rows = await db.query<{ team_id: string; slots: number; free: number }>(
    `select m.team_id, sum(u.capacity::float8 / (select count(*) from team_members own where own.user_id = u.id)) as slots,
       sum(greatest(u.capacity - u.load, 0))::int as free
     from team_members m join users u on u.id = m.user_id
     where m.team_id = any($1::uuid[]) and u.disabled_at is null and u.status = 'available' and u.connected_until > $2::timestamptz
       and ($3::timestamptz is null or u.active_at is null or u.active_at > $3::timestamptz)
     group by m.team_id`,
    [[...teamIds], new Date(now), awayBefore === null ? null : new Date(awayBefore)],
  );
  return rows.map((row) => ({ teamId: row.team_id, slots: row.slots, free: row.free }));
}

/** The team whose line a handoff stands in; null when it waits no longer. */
export async function readWaitingTeam(db: Database, handoffId: string): Promise<string | null> {
  const [row] = await db.query<{ team_id: string | null }>(
    `select team_id from handoffs where id = $1::uuid and state = 'pending'`,
    [handoffId],
  );
  return row?.team_id ?? null;
}
