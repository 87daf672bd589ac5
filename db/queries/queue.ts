import type { Priority } from '@/lib/domain/handoff';
import type { WaitingHandoff } from '@/lib/domain/waiting-handoff';
import type { Database } from '../client';

/** Who waits for one of these teams, by handoff id. */
export type WaitingRow = WaitingHandoff & { conversationId: string; visitorId: string };

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
  }>(
    `select h.id, h.conversation_id, c.visitor_id, h.priority, h.queued_at, h.response_due_at, h.response_target_ms
     from handoffs h join conversations c on c.id = h.conversation_id
     where h.state = 'pending' and ($1::uuid[] is null or h.team_id = any($1::uuid[]))
     order by h.priority, h.queued_at, h.id limit $2::int`,
    [teamIds === null ? null : [...teamIds], limit],
  );
  return rows.map((row) => ({
    id: row.id,
    conversationId: row.conversation_id,
    visitorId: row.visitor_id,
    priority: row.priority,
    queuedAt: row.queued_at.getTime(),
    dueAt: row.response_due_at?.getTime() ?? null,
    targetMs: Number(row.response_target_ms ?? 0),
  }));
}

/** What each team took in and gave back since then: the ground of its rates. */
export async function readTeamFlow(
  db: Database,
  since: number,
): Promise<{ teamId: string; released: number; urgent: number }[]> {
  const rows = await db.query<{ team_id: string; released: number; urgent: number }>(
    `select team_id, sum(released)::int as released, sum(urgent)::int as urgent from (
       select team_id, 1 as released, 0 as urgent from handoffs where ended_at > $1::timestamptz and claimed_at is not null
       union all
       select team_id, 0, 1 from handoffs where queued_at > $1::timestamptz and priority = 1
     ) seen where team_id is not null group by team_id`,
    [new Date(since)],
  );
  return rows.map((row) => ({ teamId: row.team_id, released: row.released, urgent: row.urgent }));
}

/** The team whose line a handoff stands in; null when it waits no longer. */
export async function readWaitingTeam(db: Database, handoffId: string): Promise<string | null> {
  const [row] = await db.query<{ team_id: string | null }>(
    `select team_id from handoffs where id = $1::uuid and state = 'pending'`,
    [handoffId],
  );
  return row?.team_id ?? null;
}
