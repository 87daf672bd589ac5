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
  isCallback: boolean;
  sla: SlaLedger | null;
}

/** A row as JSON; instants are in ISO 8601. */
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

const ROW = `(select to_json(r) from (
    select c.id, c.version, c.visitor_id, h.id as handoff_id, c.state, h.priority, h.score, h.reason, h.trigger, h.confidence, c.mood,
      c.topic, c.team_id, c.agent_id, c.preview, c.preview_by, c.unread, h.queued_at, h.response_due_at, h.response_target_ms,
      c.ring_agent_id, c.started_at, c.last_message_at, c.resolved_at,
      coalesce(h.path = 'callback', false) as is_callback, h.sla
    from (select c.handoff_id) its left join handoffs h on h.id = its.handoff_id) r)`;

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
  /** Moves by itself. */
  customerName: string | null;
  /** Null where it is known at the version it has. */
  row: ViewRow | null;
}

/** What the reader knows already. */
export type KnownVersions = ReadonlyMap<string, { conversationId: string; version: number }>;

interface StandingColumns {
  id: string;
  name: string | null;
  row: Columns | null;
}

/**
 * What is known is the second parameter. It comes as one text, and by a select: a parameter that the planner may fold into
 * the plan has it plan each reading anew, which takes longer than to read.
 */
const STANDING = `c.id, k.name,
  case when c.id::text || c.version not in (select unnest(string_to_array((select $2::text), ' '))) then ${ROW} end as row`;
const NAMED = 'left join customers k on k.id = c.customer_id';

const knownParameter = (known: KnownVersions): string =>
  [...known.values()].map(({ conversationId, version }) => `${conversationId}${version}`).join(' ');

const standingOf = ({ id, name, row }: StandingColumns): Standing => ({
  conversationId: id,
  customerName: name,
  row: row && rowOf(row),
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
  known: KnownVersions,
  limit: number,
): Promise<{ standing: Standing[]; total: number }> {
  const { from, join = '', where, order }: ViewQuery = QUERIES[kind];
  const rows = await db.query<StandingColumns & { total: number }>(
    `select ${STANDING}, (select count(*)::int from (select 1 from ${from} where ${where} limit ${COUNT_CAP}) capped) as total
     from ${from} ${join} ${NAMED} where ${where} order by ${order} limit $3::int`,
    [scope, knownParameter(known), limit],
  );
  return { standing: rows.map(standingOf), total: rows[0]?.total ?? 0 };
}

/** Who waits for a team, the highest priority and the longest wait first. */
export async function readLine(
  db: Database,
  teamId: string,
  known: KnownVersions,
  limit: number,
): Promise<Standing[]> {
  const rows = await db.query<StandingColumns>(
    `select ${STANDING} from handoffs h ${ITS_CONVERSATION} ${NAMED}
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
    `select c.id, k.name, ${ROW} as row from conversations c ${NAMED}
     where c.state = 'resolved' and ($1::uuid[] is null or c.team_id = any($1::uuid[]))
       ${before === null ? '' : 'and (c.resolved_at, c.id) < ($3::timestamptz, $4::uuid)'}
     order by c.resolved_at desc, c.id desc limit $2::int`,
    [teamIds === null ? null : [...teamIds], limit, ...(before ? [new Date(before.at), before.id] : [])],
  );
  return rows.map(standingOf);
}
