import type { ConversationState, MessageAuthor } from '@/lib/domain/conversation';
import type { Mood, Priority, Reason } from '@/lib/domain/handoff';
import type { SlaLedger } from '@/lib/domain/sla-ledger';
import type { Database, Parameter } from '../client';

/** What a list shows of a conversation that stands in it as of `version`: all of it moves with that. */
export interface ViewRow {
  conversationId: string;
  version: number;
  visitorId: string;
  handoffId: string | null;
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
  responseDueAt: number | null;
  responseTargetMs: number;
  isRinging: boolean;
  startedAt: number;
  lastMessageAt: number;
  resolvedAt: number | null;
  sla: SlaLedger | null;
}

interface Columns {
  id: string;
  version: number;
  visitor_id: string;
  handoff_id: string | null;
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
  response_due_at: Date | null;
  response_target_ms: string | null;
  is_ringing: boolean;
  started_at: Date;
  last_message_at: Date;
  resolved_at: Date | null;
  sla: SlaLedger | null;
}

const rowOf = (row: Columns): ViewRow => ({
  conversationId: row.id,
  version: row.version,
  visitorId: row.visitor_id,
  handoffId: row.handoff_id,
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
  responseDueAt: row.response_due_at?.getTime() ?? null,
  responseTargetMs: Number(row.response_target_ms ?? 0),
  isRinging: row.is_ringing,
  startedAt: row.started_at.getTime(),
  lastMessageAt: row.last_message_at.getTime(),
  resolvedAt: row.resolved_at?.getTime() ?? null,
  sla: row.sla,
});

/** The rows of these conversations, in any order. */
export async function readViewRows(db: Database, conversationIds: readonly string[]): Promise<ViewRow[]> {
  const rows = await db.query<Columns>(
    `select c.id, c.version, c.visitor_id, h.id as handoff_id, c.state, h.priority, h.score, h.reason, h.trigger, h.confidence,
       c.mood, c.topic, c.team_id, c.agent_id, c.preview, c.preview_by, c.unread, h.queued_at, h.response_due_at, h.response_target_ms,
       c.ring_agent_id is not null as is_ringing, c.started_at, c.last_message_at, c.resolved_at, h.sla
     from conversations c left join handoffs h on h.id = c.handoff_id where c.id = any($1::uuid[])`,
    [[...conversationIds]],
  );
  return rows.map(rowOf);
}

/** Who stands in a list, in its order. The customer's name is here because it moves by itself. */
export interface Standing {
  conversationId: string;
  version: number;
  customerName: string | null;
}

interface StandingColumns {
  id: string;
  version: number;
  name: string | null;
}

const STANDING = 'c.id, c.version, k.name';
const NAMED = 'left join customers k on k.id = c.customer_id';

const standingOf = ({ id, version, name }: StandingColumns): Standing => ({
  conversationId: id,
  version,
  customerName: name,
});

/** A view counts no further than this, so that its cost does not grow with what waits beyond the window. */
const COUNT_CAP = 1000;

interface ViewQuery {
  from: string;
  /** What the window alone needs joined. */
  join?: string;
  where: string;
  order: string;
}

const ITS_CONVERSATION = 'join conversations c on c.id = h.conversation_id';

/** Literal states, so that the planner may use the partial indexes; from the handoff on where those answer in their order. */
const QUERIES = {
  team: {
    from: 'conversations c',
    where: `c.state in ('pending', 'active') and c.team_id = $1::uuid`,
    order: 'c.last_message_at desc',
  },
  mine: {
    from: 'conversations c',
    where: `c.state = 'active' and c.agent_id = $1::uuid`,
    order: 'c.last_message_at desc',
  },
  live: {
    from: 'conversations c',
    where: `c.state = 'bot' and c.last_message_at > $1::timestamptz`,
    order: 'c.last_message_at desc, c.id desc',
  },
  atRisk: {
    from: 'handoffs h',
    join: ITS_CONVERSATION,
    where: `h.state in ('pending', 'claimed') and h.sla_flag = 'at_risk' and h.team_id = $1::uuid`,
    order: 'h.sla_flag_due_at, h.id',
  },
  /** What still runs overdue before what was answered late. */
  breached: {
    from: 'handoffs h',
    join: ITS_CONVERSATION,
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
  limit: number,
): Promise<{ standing: Standing[]; total: number }> {
  const { from, join = '', where, order }: ViewQuery = QUERIES[kind];
  const rows = await db.query<StandingColumns & { total: number }>(
    `select ${STANDING}, (select count(*)::int from (select 1 from ${from} where ${where} limit ${COUNT_CAP}) capped) as total
     from ${from} ${join} ${NAMED} where ${where} order by ${order} limit $2::int`,
    [scope, limit],
  );
  return { standing: rows.map(standingOf), total: rows[0]?.total ?? 0 };
}

/** Who waits for a team, the highest priority and the longest wait first. */
export async function readWaitingStanding(db: Database, teamId: string, limit: number): Promise<Standing[]> {
  const rows = await db.query<StandingColumns>(
    `select ${STANDING} from handoffs h ${ITS_CONVERSATION} ${NAMED}
     where h.state = 'pending' and h.team_id = $1::uuid order by h.priority, h.queued_at, h.id limit $2::int`,
    [teamId, limit],
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

/** Resolved conversations, newest first, a page at a time by key. */
export async function readResolved(
  db: Database,
  teamIds: readonly string[] | null,
  before: { at: number; id: string } | null,
  limit: number,
): Promise<Standing[]> {
  const rows = await db.query<StandingColumns>(
    `select ${STANDING} from conversations c ${NAMED}
     where c.state = 'resolved' and ($1::uuid[] is null or c.team_id = any($1::uuid[]))
       and ($2::timestamptz is null or (c.resolved_at, c.id) < ($2::timestamptz, $3::uuid))
     order by c.resolved_at desc, c.id desc limit $4::int`,
    [teamIds === null ? null : [...teamIds], before ? new Date(before.at) : null, before?.id ?? null, limit],
  );
  return rows.map(standingOf);
}
