import type { ConversationState, MessageAuthor } from '@/lib/domain/conversation';
import type { Mood, Priority, Reason } from '@/lib/domain/handoff';
import type { SlaLedger } from '@/lib/domain/sla-ledger';
import type { Database, Parameter } from '../client';

/** What a list shows of a conversation that stands in it. */
export interface ViewRow {
  conversationId: string;
  visitorId: string;
  customerName: string | null;
  widgetId: string;
  lifetimeValue: number | null;
  handoffId: string | null;
  state: ConversationState;
  priority: Priority;
  score: number;
  reason: Reason | null;
  trigger: string | null;
  confidence: number | null;
  mood: Mood;
  topic: string | null;
  labels: string[];
  teamId: string | null;
  agentId: string | null;
  preview: string;
  previewBy: MessageAuthor | null;
  unread: number;
  queuedAt: number | null;
  responseDueAt: number | null;
  responseTargetMs: number;
  isRinging: boolean;
  startedAt: number;
  lastMessageAt: number;
  resolvedAt: number | null;
  isCallback: boolean;
  sla: SlaLedger | null;
}

/** A row as JSON; instants are in ISO 8601. */
interface Columns {
  id: string;
  visitor_id: string;
  name: string | null;
  widget_id: string;
  lifetime_value: number | null;
  handoff_id: string | null;
  state: ConversationState;
  priority: Priority | null;
  score: number | null;
  reason: Reason | null;
  trigger: string | null;
  confidence: number | null;
  mood: Mood;
  topic: string | null;
  labels: string[];
  team_id: string | null;
  agent_id: string | null;
  preview: string;
  preview_by: MessageAuthor | null;
  unread: number;
  queued_at: string | null;
  response_due_at: string | null;
  response_target_ms: number | null;
  ring_agent_id: string | null;
  started_at: string;
  last_message_at: string;
  resolved_at: string | null;
  is_callback: boolean;
  sla: SlaLedger | null;
}

/** The row of the conversation whose id that expression is. */
const row = (conversationId: string) => `(select to_json(r) from (
    select it.id, it.visitor_id, it.widget_id, k.name, k.lifetime_value, its.id as handoff_id, it.state, its.priority, its.score, its.reason, its.trigger, its.confidence, it.mood,
      it.topic, it.labels, it.team_id, it.agent_id, it.preview, it.preview_by, it.unread, its.queued_at, its.response_due_at, its.response_target_ms,
      it.ring_agent_id, it.started_at, it.last_message_at, it.resolved_at,
      coalesce(its.path = 'callback', false) as is_callback, its.sla
    from conversations it left join handoffs its on its.id = it.handoff_id left join customers k on k.id = it.customer_id
    where it.id = ${conversationId}) r)`;

const rowOf = (row: Columns): ViewRow => ({
  conversationId: row.id,
  visitorId: row.visitor_id,
  customerName: row.name,
  widgetId: row.widget_id,
  lifetimeValue: row.lifetime_value,
  handoffId: row.handoff_id,
  state: row.state,
  priority: row.priority ?? 3,
  score: row.score ?? 50,
  reason: row.reason,
  trigger: row.trigger,
  confidence: row.confidence,
  mood: row.mood,
  topic: row.topic,
  labels: row.labels,
  teamId: row.team_id,
  agentId: row.agent_id,
  preview: row.preview,
  previewBy: row.preview_by,
  unread: row.unread,
  queuedAt: row.queued_at === null ? null : Date.parse(row.queued_at),
  responseDueAt: row.response_due_at === null ? null : Date.parse(row.response_due_at),
  responseTargetMs: row.response_target_ms ?? 0,
  isRinging: row.ring_agent_id !== null,
  startedAt: Date.parse(row.started_at),
  lastMessageAt: Date.parse(row.last_message_at),
  resolvedAt: row.resolved_at === null ? null : Date.parse(row.resolved_at),
  isCallback: row.is_callback,
  sla: row.sla,
});

/** Who stands in a list, in its order. */
export interface Standing {
  conversationId: string;
  /** Null where it is known. */
  row: ViewRow | null;
}

/** The conversations whose rows the reader has. */
export type KnownConversations = ReadonlyMap<string, unknown>;

interface StandingColumns {
  id: string;
  row: Columns | null;
}

/**
 * Who is known is the second parameter. It comes as one text, and by a select: a parameter that the planner may fold into
 * the plan has it plan each reading anew, which takes longer than to read. Of who is known nothing is looked up.
 */
const standing = (conversationId: string) => `${conversationId} as id,
  case when ${conversationId} not in (select unnest((select $2::text)::uuid[])) then ${row(conversationId)} end as row`;

const knownParameter = (known: KnownConversations): string => `{${[...known.keys()].join(',')}}`;

const standingOf = ({ id, row }: StandingColumns): Standing => ({
  conversationId: id,
  row: row && rowOf(row),
});

/** A view counts no further than this, so that its cost does not grow with what waits beyond the window. */
const COUNT_CAP = 1000;

interface ViewQuery {
  from: string;
  conversationId: 'c.id' | 'h.conversation_id';
  where: string;
  order: string;
}

/** Literal states, so that the planner may use the partial indexes; from the handoff on where those answer in their order. */
const QUERIES = {
  team: {
    from: 'conversations c',
    conversationId: 'c.id',
    where: `c.state in ('pending', 'active') and c.team_id = $1::uuid`,
    order: 'c.last_message_at desc',
  },
  mine: {
    from: 'conversations c',
    conversationId: 'c.id',
    where: `c.state = 'active' and c.agent_id = $1::uuid`,
    order: 'c.last_message_at desc',
  },
  live: {
    from: 'conversations c',
    conversationId: 'c.id',
    where: `c.state = 'bot' and c.last_message_at > $1::timestamptz`,
    order: 'c.last_message_at desc, c.id desc',
  },
  atRisk: {
    from: 'handoffs h',
    conversationId: 'h.conversation_id',
    where: `h.state in ('pending', 'claimed') and h.sla_flag = 'at_risk' and h.team_id = $1::uuid`,
    order: 'h.sla_flag_due_at, h.id',
  },
  /** What still runs overdue before what was answered late. */
  breached: {
    from: 'handoffs h',
    conversationId: 'h.conversation_id',
    where: `h.state in ('pending', 'claimed') and h.sla_flag in ('overdue', 'late') and h.team_id = $1::uuid`,
    order: 'h.sla_flag desc, h.sla_flag_due_at, h.id',
  },
} satisfies Record<string, ViewQuery>;

type ViewKind = keyof typeof QUERIES;

export function isViewKind(kind: string | undefined): kind is ViewKind {
  return kind !== undefined && Object.hasOwn(QUERIES, kind);
}

/** Who stands in the window of a view, and how many stand in the view in all, counted up to COUNT_CAP. */
export async function readView(
  db: Database,
  kind: ViewKind,
  scope: Parameter,
  known: KnownConversations,
  limit: number,
): Promise<{ standing: Standing[]; total: number }> {
  const { from, conversationId, where, order }: ViewQuery = QUERIES[kind];
  const rows = await db.query<StandingColumns & { total: number }>(
    `select ${standing(conversationId)}, (select count(*)::int from (select 1 from ${from} where ${where} limit ${COUNT_CAP}) capped) as total
     from ${from} where ${where} order by ${order} limit $3::int`,
    [scope, knownParameter(known), limit],
  );
  return { standing: rows.map(standingOf), total: rows[0]?.total ?? 0 };
}

/** Who waits for a team, the highest priority and the longest wait first. */
export async function readLine(
  db: Database,
  teamId: string,
  known: KnownConversations,
  limit: number,
): Promise<Standing[]> {
  const rows = await db.query<StandingColumns>(
    `select ${standing('h.conversation_id')} from handoffs h
     where h.state = 'pending' and h.team_id = $1::uuid order by h.priority, h.queued_at, h.id limit $3::int`,
    [teamId, knownParameter(known), limit],
  );
  return rows.map(standingOf);
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

/** Resolved conversations of these teams (null: of all), newest first, a page at a time by key. */
export async function readResolved(
  db: Database,
  teamIds: readonly string[] | null,
  before: { at: number; id: string } | null,
  limit: number,
): Promise<Standing[]> {
  // A condition that may be absent is left out: a plan made for both would read all that is newer than the page.
  const rows = await db.query<StandingColumns>(
    `select c.id, ${row('c.id')} as row from conversations c
     where c.state = 'resolved' and ($1::uuid[] is null or c.team_id = any($1::uuid[]))
       ${before === null ? '' : 'and (c.resolved_at, c.id) < ($3::timestamptz, $4::uuid)'}
     order by c.resolved_at desc, c.id desc limit $2::int`,
    [teamIds === null ? null : [...teamIds], limit, ...(before ? [new Date(before.at), before.id] : [])],
  );
  return rows.map(standingOf);
}
