import type { Conversation, ConversationState, Handoff, MessageAuthor } from '@/lib/domain/conversation';
import type {
  HandoffContext,
  HandoffState,
  Mood,
  Outcome,
  Path,
  Priority,
  PriorityPart,
  Reason,
} from '@/lib/domain/handoff';
import type { HandoffRouting } from '@/lib/domain/handoff-routing';
import type { SlaLedger } from '@/lib/domain/sla-ledger';

/** Columns as the driver answers them. */
export interface HeadColumns {
  id: string;
  widget_id: string;
  visitor_id: string;
  customer_id: string | null;
  state: ConversationState;
  owner_epoch: number;
  version: number;
  seq: number;
  visible_seq: number;
  team_id: string | null;
  agent_id: string | null;
  handoff_id: string | null;
  participant_ids: string[];
  topic: string | null;
  labels: string[];
  mood: Mood;
  preview: string;
  preview_by: MessageAuthor | null;
  unread: number;
  message_count: number;
  visitor_read_seq: number;
  staff_read_seq: number;
  started_at: Date;
  last_message_at: Date;
  awaiting_since: Date | null;
  answered_since: Date | null;
  answered_at: Date | null;
  resolved_at: Date | null;
  ring_agent_id: string | null;
  ring_until: Date | null;
}

const NAMES = [
  'id',
  'widget_id',
  'visitor_id',
  'customer_id',
  'state',
  'owner_epoch',
  'version',
  'seq',
  'visible_seq',
  'team_id',
  'agent_id',
  'handoff_id',
  'participant_ids',
  'topic',
  'labels',
  'mood',
  'preview',
  'preview_by',
  'unread',
  'message_count',
  'visitor_read_seq',
  'staff_read_seq',
  'started_at',
  'last_message_at',
  'awaiting_since',
  'answered_since',
  'answered_at',
  'resolved_at',
  'ring_agent_id',
  'ring_until',
] as const satisfies (keyof HeadColumns)[];

/** Selects a head under the alias `head`. */
export const HEAD_COLUMNS = NAMES.map((name) => `head.${name}`).join(', ');

const MOVED = [
  'id',
  'visitor_id',
  'state',
  'owner_epoch',
  'version',
  'seq',
  'visible_seq',
  'team_id',
  'agent_id',
] as const satisfies (keyof HeadColumns)[];

/** What every commit answers of the head: where it stands, and whoever has to be told. */
export type MovedColumns = Pick<HeadColumns, (typeof MOVED)[number]> & Partial<HeadColumns>;

/** The head row. Its handoff is named by id; what the list shows of the last message comes along. */
export interface Head extends Omit<Conversation, 'handoff' | 'transfer'> {
  handoffId: string | null;
  preview: string;
  previewBy: MessageAuthor | null;
  unread: number;
  messageCount: number;
  lastMessageAt: number;
  /** Since when the customer's words stand unanswered by an agent. */
  awaitingSince: number | null;
  /** The last turn of the customer that an agent answered. */
  answered: { since: number; at: number } | null;
  /** At whom it rings: out of a queue, or as the transfer that its agent asks for. */
  ring: { agentId: string; until: number } | null;
}

/** The head after a commit: always where it stands, and else only what the commit set. */
export type MovedHead = Pick<
  Head,
  'id' | 'visitorId' | 'state' | 'ownerEpoch' | 'version' | 'seq' | 'visibleSeq' | 'teamId' | 'agentId'
> &
  Partial<Pick<Head, (typeof SETTABLE)[number]>>;

/** Fields of the head that a commit may set, as the desk knows them. */
export const SETTABLE = [
  'participants',
  'customerId',
  'topic',
  'labels',
  'mood',
  'resolvedAt',
  'visitorReadSeq',
  'staffReadSeq',
  'ring',
] as const;
const COLUMNS_OF = {
  participants: ['participant_ids'],
  customerId: ['customer_id'],
  topic: ['topic'],
  labels: ['labels'],
  mood: ['mood'],
  resolvedAt: ['resolved_at'],
  visitorReadSeq: ['visitor_read_seq'],
  staffReadSeq: ['staff_read_seq'],
  ring: ['ring_agent_id', 'ring_until'],
} as const satisfies Record<(typeof SETTABLE)[number], readonly (keyof HeadColumns)[]>;

/** Selects, under the alias `head`, what a commit that set these fields answers. */
export function movedColumns(set: object): string {
  const more = SETTABLE.filter((name) => name in set).flatMap((name) => COLUMNS_OF[name]);
  return [...MOVED, ...more].map((name) => `head.${name}`).join(', ');
}

export function movedHeadOf(row: MovedColumns): MovedHead {
  const head: MovedHead = {
    id: row.id,
    visitorId: row.visitor_id,
    state: row.state,
    ownerEpoch: row.owner_epoch,
    version: row.version,
    seq: row.seq,
    visibleSeq: row.visible_seq,
    teamId: row.team_id,
    agentId: row.agent_id,
  };
  if (row.participant_ids !== undefined) head.participants = row.participant_ids;
  if (row.customer_id !== undefined) head.customerId = row.customer_id;
  if (row.topic !== undefined) head.topic = row.topic;
  if (row.labels !== undefined) head.labels = row.labels;
  if (row.mood !== undefined) head.mood = row.mood;
  if (row.resolved_at !== undefined) head.resolvedAt = row.resolved_at?.getTime() ?? null;
  if (row.visitor_read_seq !== undefined) head.visitorReadSeq = row.visitor_read_seq;
  if (row.staff_read_seq !== undefined) head.staffReadSeq = row.staff_read_seq;
  if (row.ring_until !== undefined) head.ring = ringOf(row);
  return head;
}

export function headOf(row: HeadColumns): Head {
  return {
    id: row.id,
    widgetId: row.widget_id,
    visitorId: row.visitor_id,
    customerId: row.customer_id,
    state: row.state,
    ownerEpoch: row.owner_epoch,
    version: row.version,
    seq: row.seq,
    visibleSeq: row.visible_seq,
    teamId: row.team_id,
    agentId: row.agent_id,
    handoffId: row.handoff_id,
    participants: row.participant_ids,
    topic: row.topic,
    labels: row.labels,
    mood: row.mood,
    preview: row.preview,
    previewBy: row.preview_by,
    unread: row.unread,
    messageCount: row.message_count,
    visitorReadSeq: row.visitor_read_seq,
    staffReadSeq: row.staff_read_seq,
    startedAt: row.started_at.getTime(),
    lastMessageAt: row.last_message_at.getTime(),
    awaitingSince: row.awaiting_since?.getTime() ?? null,
    answered:
      row.answered_since && row.answered_at
        ? { since: row.answered_since.getTime(), at: row.answered_at.getTime() }
        : null,
    resolvedAt: row.resolved_at?.getTime() ?? null,
    ring: ringOf(row),
  };
}

function ringOf(row: Partial<Pick<HeadColumns, 'ring_agent_id' | 'ring_until'>>): Head['ring'] {
  return row.ring_agent_id && row.ring_until
    ? { agentId: row.ring_agent_id, until: row.ring_until.getTime() }
    : null;
}

/** As the driver answers it, or as text within JSON. */
type Instant = Date | string;

/** A handoff row as it is selected, or as `to_jsonb` writes it. */
export interface HandoffColumns {
  id: string;
  conversation_id: string;
  state: HandoffState;
  reason: Reason;
  confidence: number | null;
  paths_offered: Path[];
  path: Path | null;
  priority: Priority;
  score: number;
  score_parts: PriorityPart[];
  team_id: string | null;
  agent_id: string | null;
  context: HandoffContext | null;
  offered_at: Instant;
  queued_at: Instant | null;
  claimed_at: Instant | null;
  first_reply_at: Instant | null;
  ended_at: Instant | null;
  outcome: Outcome | null;
  sla: SlaLedger;
  routing: HandoffRouting | null;
}

export interface HandoffRow extends Omit<Handoff, 'sla'> {
  sla: SlaLedger;
  /** Null while it never waited. */
  routing: HandoffRouting | null;
  conversationId: string;
  pathsOffered: Path[];
  scoreParts: PriorityPart[];
  context: HandoffContext | null;
}

/** Of a handoff, what is written seldom and is the bulk of the row. */
const BULK = { context: 'context', scoreParts: 'score_parts', sla: 'sla', routing: 'routing' } as const;
type Bulk = keyof typeof BULK;

/** The handoff after a commit: where it stands, and of its bulk only what the commit set. */
export type MovedHandoff = Omit<HandoffRow, Bulk> & Partial<Pick<HandoffRow, Bulk>>;
type BulkColumn = (typeof BULK)[Bulk];
type MovedHandoffColumns = Omit<HandoffColumns, BulkColumn> & Partial<Pick<HandoffColumns, BulkColumn>>;

const MOVED_HANDOFF = [
  'id',
  'conversation_id',
  'state',
  'reason',
  'confidence',
  'paths_offered',
  'path',
  'priority',
  'score',
  'team_id',
  'agent_id',
  'offered_at',
  'queued_at',
  'claimed_at',
  'first_reply_at',
  'ended_at',
  'outcome',
] as const satisfies (keyof HandoffColumns)[];

/** Columns of the handoff that a commit which set these fields answers. */
function movedHandoffColumns(set: object): string[] {
  const bulk = (Object.keys(BULK) as Bulk[]).filter((name) => name in set).map((name) => BULK[name]);
  return [...MOVED_HANDOFF, ...bulk];
}

/** Returns them from a write of `handoffs`. */
export function returnedHandoff(set: object): string {
  return movedHandoffColumns(set)
    .map((name) => `handoffs.${name}`)
    .join(', ');
}

/** Selects them from `handoff_rows`, beside a head, under names of their own. */
export function besideHead(set: object): string {
  return movedHandoffColumns(set)
    .map((name) => `handoff_rows.${name} as ${BESIDE}${name}`)
    .join(', ');
}

const BESIDE = 'handoff_row_';

/** The handoff that was selected beside a head. */
export function handoffBeside(row: Record<string, unknown>, set: object): MovedHandoff {
  const columns: Record<string, unknown> = {};
  for (const name of movedHandoffColumns(set)) columns[name] = row[`${BESIDE}${name}`];
  return movedHandoffOf(columns as unknown as MovedHandoffColumns);
}

const msOf = (instant: Instant | null) => (instant === null ? null : timeOf(instant));
const timeOf = (instant: Instant) => (typeof instant === 'string' ? Date.parse(instant) : instant.getTime());

export function handoffOf(json: HandoffColumns): HandoffRow {
  const { context, score_parts: scoreParts, sla, routing } = json;
  return { ...movedHandoffOf(json), context, scoreParts, sla, routing };
}

function movedHandoffOf(json: MovedHandoffColumns): MovedHandoff {
  return {
    id: json.id,
    conversationId: json.conversation_id,
    state: json.state,
    reason: json.reason,
    confidence: json.confidence,
    pathsOffered: json.paths_offered,
    path: json.path,
    priority: json.priority,
    score: json.score,
    teamId: json.team_id,
    agentId: json.agent_id,
    offeredAt: timeOf(json.offered_at),
    queuedAt: msOf(json.queued_at),
    claimedAt: msOf(json.claimed_at),
    firstReplyAt: msOf(json.first_reply_at),
    endedAt: msOf(json.ended_at),
    outcome: json.outcome,
    ...(json.context === undefined ? {} : { context: json.context }),
    ...(json.score_parts === undefined ? {} : { scoreParts: json.score_parts }),
    ...(json.sla === undefined ? {} : { sla: json.sla }),
    ...(json.routing === undefined ? {} : { routing: json.routing }),
  };
}
