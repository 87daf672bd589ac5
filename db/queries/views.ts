import type { ConversationState, MessageAuthor } from '@/lib/domain/conversation';
import type { Mood, Priority, Reason } from '@/lib/domain/handoff';
import type { Database, Parameter } from '../client';

export interface ViewRow {
  conversationId: string;
  visitorId: string;
  handoffId: string | null;
  customerName: string | null;
  state: ConversationState;
  priority: Priority;
  score: number;
  reason: Reason | null;
  trigger: string | null;
  confidence: number | null;
  mood: Mood;
  topic: string | null;
  teamId: string | null;
  agentId: string | null;
  preview: string;
  previewBy: MessageAuthor | null;
  unread: number;
  queuedAt: number | null;
  startedAt: number;
  lastMessageAt: number;
  /** Its ledger as JSON: the same row is read many times while its clocks stand as they stood. */
  sla: string | null;
}

interface Columns {
  id: string;
  visitor_id: string;
  handoff_id: string | null;
  customer_name: string | null;
  state: ConversationState;
  priority: Priority | null;
  score: number | null;
  reason: Reason | null;
  trigger: string | null;
  confidence: number | null;
  mood: Mood;
  topic: string | null;
  team_id: string | null;
  agent_id: string | null;
  preview: string;
  preview_by: MessageAuthor | null;
  unread: number;
  queued_at: Date | null;
  started_at: Date;
  last_message_at: Date;
  sla: string | null;
}

const COLUMNS = `c.id, c.visitor_id, h.id as handoff_id, k.name as customer_name, c.state, h.priority, h.score, h.reason,
  h.trigger, h.confidence, c.mood, c.topic, c.team_id, c.agent_id, c.preview, c.preview_by, c.unread, h.queued_at, c.started_at,
  c.last_message_at, h.sla::text as sla`;
const JOINED = `conversations c left join handoffs h on h.id = c.handoff_id left join customers k on k.id = c.customer_id`;

/** From the handoff on, so that its partial indexes answer in their own order. */
const FLAGGED = `handoffs h join conversations c on c.id = h.conversation_id left join customers k on k.id = c.customer_id`;

const rowOf = (row: Columns): ViewRow => ({
  conversationId: row.id,
  visitorId: row.visitor_id,
  handoffId: row.handoff_id,
  customerName: row.customer_name,
  state: row.state,
  priority: row.priority ?? 3,
  score: row.score ?? 50,
  reason: row.reason,
  trigger: row.trigger,
  confidence: row.confidence,
  mood: row.mood,
  topic: row.topic,
  teamId: row.team_id,
  agentId: row.agent_id,
  preview: row.preview,
  previewBy: row.preview_by,
  unread: row.unread,
  queuedAt: row.queued_at?.getTime() ?? null,
  startedAt: row.started_at.getTime(),
  lastMessageAt: row.last_message_at.getTime(),
  sla: row.sla,
});

/** A view counts no further than this, so that its cost does not grow with what waits beyond the window. */
const COUNT_CAP = 1000;

interface ViewQuery {
  rows: string;
  count: string;
}

/** Literal states, so that the planner may use the partial indexes. */
const QUERIES = {
  team: {
    rows: `select ${COLUMNS} from ${JOINED}
      where c.state in ('pending', 'active') and c.team_id = $1::uuid order by c.last_message_at desc limit $2::int`,
    count: `select 1 from conversations c where c.state in ('pending', 'active') and c.team_id = $1::uuid`,
  },
  mine: {
    rows: `select ${COLUMNS} from ${JOINED}
      where c.state = 'active' and c.agent_id = $1::uuid order by c.last_message_at desc limit $2::int`,
    count: `select 1 from conversations c where c.state = 'active' and c.agent_id = $1::uuid`,
  },
  live: {
    rows: `select ${COLUMNS} from ${JOINED}
      where c.state = 'bot' and c.last_message_at > $1::timestamptz order by c.last_message_at desc, c.id desc limit $2::int`,
    count: `select 1 from conversations c where c.state = 'bot' and c.last_message_at > $1::timestamptz`,
  },
  atRisk: {
    rows: `select ${COLUMNS} from ${FLAGGED}
      where h.state in ('pending', 'claimed') and h.sla_flag = 'at_risk' and h.team_id = $1::uuid
      order by h.sla_flag_due_at, h.id limit $2::int`,
    count: `select 1 from handoffs h
      where h.state in ('pending', 'claimed') and h.sla_flag = 'at_risk' and h.team_id = $1::uuid`,
  },
  /** What still runs overdue before what was answered late. */
  breached: {
    rows: `select ${COLUMNS} from ${FLAGGED}
      where h.state in ('pending', 'claimed') and h.sla_flag in ('overdue', 'late') and h.team_id = $1::uuid
      order by h.sla_flag desc, h.sla_flag_due_at, h.id limit $2::int`,
    count: `select 1 from handoffs h
      where h.state in ('pending', 'claimed') and h.sla_flag in ('overdue', 'late') and h.team_id = $1::uuid`,
  },
} satisfies Record<string, ViewQuery>;

type ViewKind = keyof typeof QUERIES;

export function isViewKind(kind: string | undefined): kind is ViewKind {
  return kind !== undefined && Object.hasOwn(QUERIES, kind);
}

/** The window of a view in its order, and how many rows it has in all, counted up to COUNT_CAP. */
export async function readView(
  db: Database,
  kind: ViewKind,
  scope: Parameter,
  limit: number,
): Promise<{ rows: ViewRow[]; total: number }> {
  const query = QUERIES[kind];
  const [rows, [counted]] = await Promise.all([
    db.query<Columns>(query.rows, [scope, limit]),
    db.query<{ total: number }>(
      `select count(*)::int as total from (${query.count} limit ${COUNT_CAP}) capped`,
      [scope],
    ),
  ]);
  if (rows.length < limit) return { rows: rows.map(rowOf), total: rows.length };
  return { rows: rows.map(rowOf), total: counted?.total ?? rows.length };
}

/** The rows of these conversations, in the order given; one that has left meanwhile is left out. */
export async function readRows(db: Database, conversationIds: readonly string[]): Promise<ViewRow[]> {
  if (conversationIds.length === 0) return [];
  const rows = await db.query<Columns>(`select ${COLUMNS} from ${JOINED} where c.id = any($1::uuid[])`, [
    [...conversationIds],
  ]);
  const byId = new Map(rows.map((row) => [row.id, rowOf(row)]));
  return conversationIds.flatMap((id) => byId.get(id) ?? []);
}

/** How many wait for a team, counted up to COUNT_CAP. */
export async function countPending(db: Database, teamId: string): Promise<number> {
  const [row] = await db.query<{ total: number }>(
    `select count(*)::int as total from (
       select 1 from handoffs where state = 'pending' and team_id = $1::uuid limit ${COUNT_CAP}) capped`,
    [teamId],
  );
  return row?.total ?? 0;
}

/** How many wait in the same team before this handoff, counted up to COUNT_CAP. */
export async function countAhead(db: Database, handoffId: string): Promise<number | null> {
  const [row] = await db.query<{ ahead: number }>(
    `select (select count(*)::int from (
         select 1 from handoffs o where o.state = 'pending' and o.team_id = h.team_id
           and (o.priority, o.queued_at, o.id) < (h.priority, h.queued_at, h.id) limit ${COUNT_CAP}) capped) as ahead
     from handoffs h where h.id = $1::uuid and h.state = 'pending'`,
    [handoffId],
  );
  return row?.ahead ?? null;
}

/** Resolved conversations, newest first, a page at a time by key. */
export async function readResolved(
  db: Database,
  teamIds: readonly string[] | null,
  before: { at: number; id: string } | null,
  limit: number,
): Promise<{ row: ViewRow; resolvedAt: number }[]> {
  const rows = await db.query<Columns & { resolved_at: Date }>(
    `select ${COLUMNS}, c.resolved_at from ${JOINED}
     where c.state = 'resolved' and ($1::uuid[] is null or c.team_id = any($1::uuid[]))
       and ($2::timestamptz is null or (c.resolved_at, c.id) < ($2::timestamptz, $3::uuid))
     order by c.resolved_at desc, c.id desc limit $4::int`,
    [teamIds === null ? null : [...teamIds], before ? new Date(before.at) : null, before?.id ?? null, limit],
  );
  return rows.map((row) => ({ row: rowOf(row), resolvedAt: row.resolved_at.getTime() }));
}
