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
  topic: string | null;
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
  'topic',
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
export interface Head extends Omit<Conversation, 'handoff'> {
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
}

/** The head after a commit: always where it stands, and else only what the commit set. */
export type MovedHead = Pick<
  Head,
  'id' | 'visitorId' | 'state' | 'ownerEpoch' | 'version' | 'seq' | 'visibleSeq' | 'teamId' | 'agentId'
> &
  Partial<Pick<Head, (typeof SETTABLE)[number]>>;

/** Fields of the head that a commit may set, as the desk knows them. */
export const SETTABLE = [
  'customerId',
  'topic',
  'mood',
  'resolvedAt',
  'visitorReadSeq',
  'staffReadSeq',
] as const;
const COLUMN_OF = {
  customerId: 'customer_id',
  topic: 'topic',
  mood: 'mood',
  resolvedAt: 'resolved_at',
  visitorReadSeq: 'visitor_read_seq',
  staffReadSeq: 'staff_read_seq',
} as const satisfies Record<(typeof SETTABLE)[number], keyof HeadColumns>;

/** Selects, under the alias `head`, what a commit that set these fields answers. */
export function movedColumns(set: object): string {
  const more = SETTABLE.filter((name) => name in set).map((name) => COLUMN_OF[name]);
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
  if (row.customer_id !== undefined) head.customerId = row.customer_id;
  if (row.topic !== undefined) head.topic = row.topic;
  if (row.mood !== undefined) head.mood = row.mood;
  if (row.resolved_at !== undefined) head.resolvedAt = row.resolved_at?.getTime() ?? null;
  if (row.visitor_read_seq !== undefined) head.visitorReadSeq = row.visitor_read_seq;
  if (row.staff_read_seq !== undefined) head.staffReadSeq = row.staff_read_seq;
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
    topic: row.topic,
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
  };
}

/** A handoff row as `to_jsonb` writes it. */
export interface HandoffJson {
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
  offered_at: string;
  queued_at: string | null;
  claimed_at: string | null;
  first_reply_at: string | null;
  ended_at: string | null;
  outcome: Outcome | null;
  sla: SlaLedger;
}

export interface HandoffRow extends Omit<Handoff, 'sla'> {
  sla: SlaLedger;
  conversationId: string;
  pathsOffered: Path[];
  scoreParts: PriorityPart[];
  context: HandoffContext | null;
}

const msOf = (text: string | null) => (text === null ? null : Date.parse(text));

export function handoffOf(json: HandoffJson): HandoffRow {
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
    scoreParts: json.score_parts,
    teamId: json.team_id,
    agentId: json.agent_id,
    context: json.context,
    offeredAt: Date.parse(json.offered_at),
    queuedAt: msOf(json.queued_at),
    claimedAt: msOf(json.claimed_at),
    firstReplyAt: msOf(json.first_reply_at),
    endedAt: msOf(json.ended_at),
    outcome: json.outcome,
    sla: json.sla,
  };
}
