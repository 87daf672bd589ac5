import type { Actor } from '@/lib/domain/actor';
import { loggedActor } from '@/lib/domain/actor';
import type { Callback, CallbackState } from '@/lib/domain/callback';
import {
  type ConversationEvent,
  type ConversationState,
  changesOwner,
  isVisibleToVisitor,
  type MessageAuthor,
  type MessageKind,
} from '@/lib/domain/conversation';
import type { Visit } from '@/lib/domain/engagement';
import type { Answers, FileType, FormContent } from '@/lib/domain/form-template';
import {
  type HandoffContext,
  type HandoffState,
  type Mood,
  type Outcome,
  type Path,
  type Priority,
  type PriorityPart,
  type Reason,
  UNATTENDED_PATHS,
} from '@/lib/domain/handoff';
import type { DecisionInput, HandoffRouting } from '@/lib/domain/handoff-routing';
import type { Source } from '@/lib/domain/judgement';
import type { Mail, MailKind } from '@/lib/domain/mail';
import type { RoutingDecision } from '@/lib/domain/routing';
import { slaFlag } from '@/lib/domain/sla-flag';
import { clockState, firstBreachAt, type SlaLedger } from '@/lib/domain/sla-ledger';
import { eventContent, hmacPads } from './chain';
import type { Database, Parameter } from './client';
import { isAssertion, isForeignKeyViolation, isUniqueViolation } from './errors';
import {
  besideHead,
  handoffBeside,
  type MovedColumns,
  type MovedHandoff,
  type MovedHead,
  movedColumns,
  movedHeadOf,
  returnedHandoff,
} from './queries/conversation-rows';

export interface NewMessage {
  id: string;
  clientId: string;
  author: MessageAuthor;
  authorId: string | null;
  authorName: string | null;
  kind: MessageKind;
  body: string;
  sources: Source[];
  /** Where the customer was when they wrote it. */
  page?: string | null;
  visit?: Visit | null;
}

export interface NewHandoff {
  id: string;
  state: HandoffState;
  reason: Reason;
  confidence: number | null;
  pathsOffered: Path[];
  path: Path | null;
  priority: Priority;
  score: number;
  scoreParts: PriorityPart[];
  teamId: string | null;
  agentId: string | null;
  context: HandoffContext | null;
  queuedAt: number | null;
  claimedAt: number | null;
  sla?: SlaLedger;
}

export interface HandoffPatch {
  state?: HandoffState;
  path?: Path;
  pathsOffered?: Path[];
  priority?: Priority;
  score?: number;
  scoreParts?: PriorityPart[];
  teamId?: string | null;
  agentId?: string | null;
  context?: HandoffContext;
  queuedAt?: number;
  claimedAt?: number | null;
  endedAt?: number;
  outcome?: Outcome;
  sla?: SlaLedger;
  routing?: HandoffRouting;
  misrouted?: true;
}

/** A callback, whose own times are those of its slot; `heldUntil` is the end with what is kept free after it. */
export type NewCallback = Omit<Callback, 'conversationId'> & { heldUntil: number | null };

/** Nothing is written unless the callback is in one of these states. */
export interface CallbackPatch {
  id: string;
  from: readonly CallbackState[];
  set: {
    state?: CallbackState;
    handoffId?: string;
    remindedAt?: number | null;
    /** Another time, with whom it is then. */
    moved?: { agentId: string; startAt: number; endAt: number; heldUntil: number; lateAt: number };
  };
}

/** The narrowest true precondition. All that is given must hold, or nothing is written and the commit answers null. */
export interface Guard {
  states?: readonly ConversationState[];
  version?: number;
  ownerEpoch?: number;
  agentId?: string;
  visitorId?: string;
  handoffId?: string;
  /** At whom it rings; null: at nobody, which a change of hands takes for granted. */
  ringAgentId?: string | null;
  /** Nobody has said yet whose conversation it is. */
  unidentified?: true;
  /** Takes part in it beside the owner. */
  participant?: string;
  /** The conversation's team must be one of these; null allows every team. */
  teamIds?: readonly string[] | null;
  /** The customer's words already wait for an agent. */
  awaiting?: true;
  /** The bot has nothing to say to them. */
  unhelped?: true;
  /** That side has not read so far yet, so that a repeated receipt writes nothing. */
  unreadBefore?: { side: 'visitor' | 'staff'; upTo: number };
}

export interface HeadPatch {
  state?: ConversationState;
  teamId?: string | null;
  agentId?: string | null;
  handoffId?: string | null;
  /** Who comes to write beside the owner, or goes; none: all go. */
  participants?: { add: string } | { remove: string } | 'none';
  customerId?: string;
  topic?: string;
  labels?: { add: readonly string[] } | { remove: string };
  mood?: Mood;
  resolvedAt?: number | null;
  /** Begins or ends a ring. One that the guard names ends by itself when the conversation changes hands. */
  ring?: { agentId: string; until: number } | null;
  /** Raised, never lowered. In the visitor's numbering. */
  visitorReadSeq?: number;
  staffReadSeq?: number;
}

export interface NewConversation {
  widgetId: string;
  visitorId: string;
  customerId: string | null;
}

export interface TimerWrite {
  key: string;
  kind: string;
  dueAt: number;
  /**
   * Written only when, after the change, the bot answers the customer; the customer's words begin to wait for an agent;
   * an agent's words are the first or answer such a turn; they free the slot of the conversation; the visitor left an
   * address.
   */
  when?: 'withBot' | 'turnBegins' | 'turnAnswered' | 'slotFreed' | 'mayMail';
  /** One that is due earlier stays so. */
  keepsEarlier?: true;
}

export interface Change {
  conversationId: string;
  /** The conversation is made by this change; it must not exist. */
  create?: NewConversation;
  guard: Guard;
  head: HeadPatch;
  insertHandoff?: NewHandoff;
  /** Patches the handoff that the head points at before the change. */
  patchHandoff?: { id: string; set: HandoffPatch };
  insertCallback?: NewCallback;
  patchCallback?: CallbackPatch;
  /** The first reply of an agent stops the first-response clock. */
  marksFirstReply?: boolean;
  messages: NewMessage[];
  events: ConversationEvent[];
  upsertTimers?: TimerWrite[];
  /** Why it rings where it does. */
  decision?: { id: string; agentId: string; decision: RoutingDecision; input: DecisionInput };
  /** An admin lets the agent exceed their capacity. */
  overCapacity?: true;
  /** Where the visitor asks to be answered. */
  visitorEmail?: string;
  /** Goes out by e-mail, once this is committed. */
  outbox?: NewMail[];
  /** A link to a form; it ends those to the same form that were sent before. */
  formLink?: NewFormLink;
  /** What came back by a link: once, in time, and to the conversation that it was sent in. */
  submission?: NewSubmission;
  /** Removed only if no newer turn has moved it: `upToSeq` is the turn that was answered. */
  removeTimers?: { key: string; upToSeq?: number }[];
}

export interface NewFormLink {
  id: string;
  templateId: string;
  templateVersion: number;
  form: FormContent;
  teamId: string | null;
  prefilled: Answers;
  returnTo: string | null;
  expiresAt: number;
}

export interface NewSubmission {
  linkId: string;
  answers: Answers;
  /** What is sensitive, and by which key. */
  sealed: { bytes: Buffer; keyId: string } | null;
  files: { fieldId: string; type: FileType; size: number; bytes: Buffer; keyId: string }[];
}

export interface NewMail extends Omit<Mail, 'createdAt'> {
  kind: MailKind;
}

/** What moved of the head, the events with their numbers, and the handoff when the change touched it. */
export interface Committed {
  head: MovedHead;
  handoff: MovedHandoff | null;
  events: CommittedEvent[];
  at: number;
  /** A timer was written. */
  armed: boolean;
  /** The agent has a slot more or less than before. */
  slotMoved: boolean;
}

export type CommittedEvent = ConversationEvent & { seq: number; visibleSeq: number | null };

type Row = MovedColumns & { armed: boolean; slot_moved: boolean };

/** What admins decided of slots. */
export interface SlotRules {
  /** A P1 may take one agent of the team one above their capacity. */
  overflow: boolean;
  /** A conversation whose last word is the agent's takes no slot until the customer writes again. */
  waitingFreesSlot: boolean;
}

/**
 * Writes one change of one conversation in ONE statement: head row, messages, events with their chained hashes, handoff
 * and timers, all or nothing. Answers null when the guard did not hold: somebody was first. A repeated client id raises
 * the constraint `messages_once`. Whoever gets the conversation, or a ring of it, takes one of their slots and whoever
 * loses it frees one; throws AgentIsFull, and writes nothing, when there is none to take. Throws LinkIsSpent, and writes
 * nothing, for what comes back by a link a second time or too late.
 */
export async function commit(
  db: Database,
  auditKey: Buffer,
  change: Change,
  actor: Actor,
  at: number,
  rules: SlotRules,
): Promise<Committed | null> {
  const statement = compose(change, actor, at, auditKey, rules);
  const [row] = await run(db, statement, change);
  const touched = touchedHandoff(change);
  if (row === undefined) return null;
  return {
    head: movedHeadOf(row),
    handoff: touched === null ? null : handoffBeside({ ...row }, touched),
    events: numbered(change.events, row.seq, row.visible_seq),
    at,
    armed: row.armed,
    slotMoved: row.slot_moved,
  };
}

async function run(db: Database, statement: ReturnType<typeof compose>, change: Change): Promise<Row[]> {
  try {
    return await db.query<Row>(statement.text, statement.parameters);
  } catch (error) {
    if (isAssertion(error, 'slot')) throw new AgentIsFull(slotMoves(change).take ?? '');
    if (isAssertion(error, 'submission') || isUniqueViolation(error, 'form_submissions_pkey')) {
      throw new LinkIsSpent();
    }
    // The key was destroyed in between: it is sealed anew by the next.
    if (KEYS_OF_FORMS.some((key) => isForeignKeyViolation(error, key))) return [];
    throw error;
  }
}

const KEYS_OF_FORMS = ['form_submissions_key_id_fkey', 'form_files_key_id_fkey'];

/** The agent has no slot left. Nothing was written. */
export class AgentIsFull extends Error {
  constructor(readonly agentId: string) {
    super('The agent has no slot left');
    this.name = 'AgentIsFull';
  }
}

/** The link to a form was used before, or has ended. Nothing was written. */
export class LinkIsSpent extends Error {
  constructor() {
    super('The link to the form is spent');
    this.name = 'LinkIsSpent';
  }
}

function numbered(events: ConversationEvent[], lastSeq: number, lastVisible: number): CommittedEvent[] {
  let visible = lastVisible - events.filter((event) => isVisibleToVisitor(event.kind)).length;
  return events.map((event, index) => ({
    ...event,
    seq: lastSeq - events.length + index + 1,
    visibleSeq: isVisibleToVisitor(event.kind) ? ++visible : null,
  }));
}

/** Collects parameters and answers their placeholders. The text depends on the shape of a change only, so it is prepared once. */
class Parameters {
  readonly values: Parameter[] = [];
  add(value: Parameter, type: string): string {
    this.values.push(value === undefined ? null : value);
    return `$${this.values.length}::${type}`;
  }
}

/** A word of our own vocabulary, written into the text: it belongs to the shape of a change, not to its values. */
function word(value: string): string {
  if (!/^[A-Za-z_.]+$/.test(value)) throw new Error(`${value} is no word of the vocabulary`);
  return `'${value}'`;
}

const instantOf = (ms: number | null | undefined) => (ms === null || ms === undefined ? null : new Date(ms));

function compose(change: Change, actor: Actor, at: number, auditKey: Buffer, rules: SlotRules) {
  const parameters = new Parameters();
  const logged = loggedActor(actor);
  const id = parameters.add(change.conversationId, 'uuid');
  const now = parameters.add(new Date(at), 'timestamptz');
  const contents = change.events.map((event) =>
    eventContent({ kind: event.kind, actor: logged, payload: event.payload, at }),
  );
  const chain = (previous: string, seq: string) => {
    const pads = hmacPads(auditKey);
    return `audit_chain(${previous}, ${id}::text, ${seq}, ${parameters.add(contents, 'text[]')}, ${parameters.add(pads.inner, 'bytea')}, ${parameters.add(pads.outer, 'bytea')})`;
  };
  const head = change.create
    ? insertHead(change, change.create, parameters, id, now, chain("'{}'::bytea[]", '0'))
    : updateHead(change, parameters, id, now, chain('chain', 'seq'), rules);
  const arms = [`head as (${head})`];
  if (change.messages.length > 0) arms.push(`message_rows as (${insertMessages(change, parameters, now)})`);
  if (change.insertHandoff)
    arms.push(`handoff_rows as (${insertHandoff(change.insertHandoff, parameters, now)})`);
  if (change.patchHandoff) {
    arms.push(`handoff_rows as (${patchHandoff(change.patchHandoff, parameters)})`);
  }
  if (change.marksFirstReply) {
    arms.push(
      `first_reply as (update handoffs set first_reply_at = ${now} from head where handoffs.id = head.handoff_id and handoffs.first_reply_at is null returning handoffs.id)`,
    );
  }
  arms.push(...callbackArms(change, parameters, now));
  const slots = slotMoves(change);
  const slotChanges = slotArms(slots, change, parameters, now, rules);
  arms.push(...slotChanges);
  if (change.decision) arms.push(`decision_rows as (${insertDecision(change.decision, parameters, now)})`);
  if (change.visitorEmail !== undefined) {
    arms.push(
      `visitor_rows as (update visitors set email = ${parameters.add(change.visitorEmail, 'text')} from head where visitors.id = head.visitor_id)`,
    );
  }
  for (const [index, mail] of (change.outbox ?? []).entries()) {
    arms.push(`mail_${index} as (${insertMail(mail, parameters, now)})`);
  }
  if (change.formLink) arms.push(...formLinkArms(change.formLink, parameters, now));
  if (change.submission) {
    arms.push(`submission_rows as (${insertSubmission(change.submission, parameters, now)})`);
    for (const [index, file] of change.submission.files.entries()) {
      arms.push(`file_${index} as (${insertFile(file, parameters)})`);
    }
  }
  for (const [index, timer] of (change.upsertTimers ?? []).entries()) {
    arms.push(`timer_${index} as (${upsertTimer(timer, parameters, now)})`);
  }
  for (const [index, timer] of (change.removeTimers ?? []).entries()) {
    const upTo =
      timer.upToSeq === undefined
        ? ''
        : ` and (payload->>'seq')::int <= ${parameters.add(timer.upToSeq, 'int')}`;
    arms.push(
      `untimer_${index} as (delete from timers using head where key = ${parameters.add(timer.key, 'text')}${upTo})`,
    );
  }
  arms.push(`event_rows as (${insertEvents(change, parameters, logged, now)})`);
  const touched = touchedHandoff(change);
  // One row is the rule and costs nothing; anything else ends the statement.
  const one = (rows: string, what: string) =>
    `case when exists (select 1 from ${rows}) then true else assert_one(0, '${what}') end`;
  const checks = [
    ...(touched ? [one('handoff_rows', 'handoff')] : []),
    ...(change.submission ? [one('submission_rows', 'submission')] : []),
    ...(change.patchCallback ? [one('callback_rows', 'callback')] : []),
    ...(slots.take !== null
      ? [change.head.ring ? one('slot_rows', 'slot') : `(not head.holds_slot or ${one('slot_rows', 'slot')})`]
      : []),
  ];
  // Agents before the timers of their teams, in every statement: what locks both never waits in a ring.
  for (const arm of change.upsertTimers?.length ? ['freed', 'kept'] : []) {
    if (slotChanges.some((each) => each.startsWith(`${arm} `)))
      checks.push(`(select count(*) from ${arm}) >= 0`);
  }
  const check = checks.length > 0 ? ` where ${checks.join(' and ')}` : '';
  const armed =
    (change.upsertTimers ?? []).map((_, index) => `exists (select 1 from timer_${index})`).join(' or ') ||
    'false';
  const selected = [
    movedColumns(change.head),
    `${armed} as armed`,
    `${FLIPPED} as slot_moved`,
    ...(touched ? [besideHead(touched)] : []),
  ];
  const text = `with ${arms.join(',\n')}\nselect ${selected.join(', ')} from head${touched ? ' left join handoff_rows on true' : ''}${check}`;
  return { text, parameters: parameters.values };
}

/** What a change sets of its handoff; null when it leaves it alone. */
function touchedHandoff({ insertHandoff, patchHandoff }: Change): object | null {
  return insertHandoff ? { sla: [], ...insertHandoff } : (patchHandoff?.set ?? null);
}

/** Whether this very commit gave the conversation a slot or took it away; what it had before is told by both. */
const FLIPPED = 'head.slot_seq = head.seq';
const HELD_BEFORE = `head.holds_slot <> (${FLIPPED})`;

/**
 * Whether the conversation takes a slot of its agent after the change, from its row before; null where nothing in the
 * change bears on it.
 */
function holdsSlot({ head }: Change, { fromVisitor, byAgent }: ReturnType<typeof spoken>, rules: SlotRules) {
  const speaks = rules.waitingFreesSlot && (byAgent || fromVisitor > 0);
  if (head.state === undefined && head.agentId === undefined && !speaks) return null;
  if (head.state !== undefined && head.state !== 'active') return 'false';
  const waits = byAgent ? 'false' : fromVisitor > 0 ? 'true' : 'awaiting_since is not null';
  const withAgent = head.state === 'active' ? 'true' : `state = 'active'`;
  return rules.waitingFreesSlot ? `(${withAgent} and ${waits})` : `(${withAgent})`;
}

/** Whose slots a change moves. `keeps` accepts a ring: the slot was taken when it began. */
interface SlotMoves {
  take: string | null;
  free: string | null;
  keeps: string | null;
}

/** Read off the head, so that no verb can forget it. */
export function slotMoves({ head, guard }: Change): SlotMoves {
  const holds = (head.state ?? 'active') === 'active';
  const owner = head.agentId === undefined ? (guard.agentId ?? null) : head.agentId;
  const before = guard.agentId ?? null;
  const given = holds && typeof head.agentId === 'string' && head.agentId !== before ? head.agentId : null;
  const left = before !== null && (!holds || owner !== before) ? before : null;
  const keeps = given !== null && given === guard.ringAgentId ? given : null;
  if (keeps !== null) return { take: null, free: left, keeps };
  return { take: given ?? head.ring?.agentId ?? null, free: left ?? guard.ringAgentId ?? null, keeps };
}

/**
 * One slot of the agent who gets it, if one is free at the moment of the write: a concurrent taker waits for the row and
 * looks again. For a P1 one agent of the team may go one over, where the rules say so. Two agents' rows are locked in one
 * order, so that those who transfer to each other at once do not wait for each other. A slot that a customer's words take
 * again is never refused.
 */
function slotArms(
  { take, free, keeps }: SlotMoves,
  change: Change,
  parameters: Parameters,
  now: string,
  rules: SlotRules,
): string[] {
  const rings = Boolean(change.head.ring);
  const rang = free !== null && free === change.guard.ringAgentId;
  if (take === null && free === null && keeps === null) {
    // Words alone move the slot of whoever has the conversation.
    const speaks = change.head.state === undefined && !change.create;
    if (!speaks || holdsSlot(change, spoken(change), rules) === null) return [];
    return [
      `slot_moved as (update users set load = load + case when head.holds_slot then 1 else -1 end from head where users.id = head.agent_id and ${FLIPPED})`,
    ];
  }
  const takes = take === null ? null : parameters.add(take, 'uuid');
  const frees = free === null ? null : parameters.add(free, 'uuid');
  const keeper = keeps === null ? null : parameters.add(keeps, 'uuid');
  const other = takes ?? keeper;
  const both = other !== null && frees !== null;
  const after = both ? 'head cross join (select count(*) from slot_locks) locked' : 'head';
  const arms: string[] = [];
  if (both) {
    arms.push(
      `slot_locks as materialized (select u.id from users u cross join head where u.id in (${other}, ${frees}) order by u.id for no key update of u)`,
    );
  }
  if (takes !== null) {
    // The team is locked only by a P1 who would go over; before the agents, so that nobody waits in a ring.
    const over = `when users.load = users.capacity and exists (select 1 from handoff_rows where priority = 1)
      then overflow_is_free(head.team_id, ${takes})`;
    const room = `case when users.load < users.capacity then true ${rules.overflow ? over : ''} else false end`;
    arms.push(
      `slot_rows as (update users set load = load + 1, idle_since = ${now}${rings ? `, last_pushed_at = ${now}` : ''} from ${after} where users.id = ${takes}${rings ? '' : ' and head.holds_slot'}${change.overCapacity ? '' : ` and ${room}`} returning users.id)`,
    );
  }
  if (keeper !== null) {
    // The slot that was held is kept, unless what was accepted takes none.
    arms.push(
      `kept as (update users set load = load - 1 from ${after} where users.id = ${keeper} and not head.holds_slot returning users.id)`,
    );
  }
  if (frees !== null) {
    arms.push(
      `freed as (update users set load = load - 1, idle_since = ${now} from ${after} where users.id = ${frees}${rang ? '' : ` and ${HELD_BEFORE}`} returning users.id)`,
    );
  }
  return arms;
}

function visibleCount(change: Change): number {
  return change.events.filter((event) => isVisibleToVisitor(event.kind)).length;
}

function epochSteps(change: Change): number {
  return change.events.filter((event) => changesOwner(event.kind)).length;
}

/** What the messages of a change mean for the head: the preview and the counters. */
function spoken(change: Change) {
  const said = change.messages.filter((message) => message.kind !== 'note');
  const last = said.at(-1);
  return {
    last,
    preview: last ? last.body.slice(0, 140) : '',
    count: said.length,
    fromVisitor: said.filter((message) => message.author === 'visitor').length,
    byAgent: said.some((message) => message.author === 'agent'),
  };
}

function insertHead(
  change: Change,
  create: NewConversation,
  parameters: Parameters,
  id: string,
  now: string,
  chain: string,
): string {
  const talk = spoken(change);
  const { head } = change;
  const columns: [string, string][] = [
    ['id', id],
    ['widget_id', parameters.add(create.widgetId, 'uuid')],
    ['visitor_id', parameters.add(create.visitorId, 'uuid')],
    ['customer_id', parameters.add(create.customerId, 'uuid')],
    ['state', parameters.add(head.state ?? 'bot', 'text')],
    ['owner_epoch', parameters.add(1 + epochSteps(change), 'int')],
    ['version', '1'],
    ['seq', `${change.events.length}`],
    ['visible_seq', `${visibleCount(change)}`],
    ['chain', chain],
    ['team_id', parameters.add(head.teamId ?? null, 'uuid')],
    ['agent_id', parameters.add(head.agentId ?? null, 'uuid')],
    ['handoff_id', parameters.add(head.handoffId ?? null, 'uuid')],
    ['topic', parameters.add(head.topic ?? null, 'text')],
    ['mood', parameters.add(head.mood ?? 'calm', 'text')],
    ['preview', parameters.add(talk.preview, 'text')],
    ['preview_by', parameters.add(talk.last?.author ?? null, 'text')],
    ['unread', parameters.add(talk.fromVisitor, 'int')],
    ['message_count', parameters.add(talk.count, 'int')],
    ['visitor_read_seq', '0'],
    ['staff_read_seq', '0'],
    ['started_at', now],
    ['awaiting_since', talk.fromVisitor > 0 ? now : 'null::timestamptz'],
    ['last_message_at', now],
  ];
  return `insert into conversations (${columns.map(([name]) => name).join(', ')}) values (${columns.map(([, value]) => value).join(', ')}) returning *`;
}

function updateHead(
  change: Change,
  parameters: Parameters,
  id: string,
  now: string,
  chain: string,
  rules: SlotRules,
): string {
  const { head, guard } = change;
  const talk = spoken(change);
  const sets = ['version = version + 1', `seq = seq + ${change.events.length}`, `chain = ${chain}`];
  const visible = visibleCount(change);
  const epochs = epochSteps(change);
  if (visible > 0) sets.push(`visible_seq = visible_seq + ${visible}`);
  if (epochs > 0) sets.push(`owner_epoch = owner_epoch + ${epochs}`);
  if (talk.last) {
    sets.push(
      `preview = ${parameters.add(talk.preview, 'text')}`,
      `preview_by = ${word(talk.last.author)}`,
      `message_count = message_count + ${talk.count}`,
      `last_message_at = ${now}`,
    );
  }
  if (talk.byAgent || head.staffReadSeq !== undefined) sets.push('unread = 0');
  else if (talk.fromVisitor > 0) sets.push(`unread = unread + ${talk.fromVisitor}`);
  if (talk.byAgent) {
    sets.push(
      'answered_since = coalesce(awaiting_since, answered_since)',
      `answered_at = case when awaiting_since is null then answered_at else ${now} end`,
      'awaiting_since = null',
    );
  } else if (talk.fromVisitor > 0 && !guard.awaiting) {
    sets.push(`awaiting_since = coalesce(awaiting_since, ${now})`);
  }
  const holds = holdsSlot(change, talk, rules);
  if (holds !== null) {
    sets.push(
      `holds_slot = ${holds}`,
      `slot_seq = case when holds_slot = ${holds} then slot_seq else seq + ${change.events.length} end`,
    );
  }
  const assign = (column: string, value: Parameter, type: string) => {
    if (value !== undefined) sets.push(`${column} = ${parameters.add(value, type)}`);
  };
  if (head.state !== undefined) sets.push(`state = ${word(head.state)}`);
  assign('team_id', head.teamId, 'uuid');
  assign('agent_id', head.agentId, 'uuid');
  assign('handoff_id', head.handoffId, 'uuid');
  if (head.participants !== undefined)
    sets.push(`participant_ids = ${participantsAfter(head.participants, parameters)}`);
  assign('customer_id', head.customerId, 'uuid');
  assign('topic', head.topic, 'text');
  if (head.labels !== undefined) sets.push(`labels = ${labelsAfter(head.labels, parameters)}`);
  assign('mood', head.mood, 'text');
  if (head.resolvedAt !== undefined) assign('resolved_at', instantOf(head.resolvedAt), 'timestamptz');
  const changesHands = head.state !== undefined || head.agentId !== undefined;
  const ring = changesHands && guard.ringAgentId ? null : head.ring;
  if (ring === null) sets.push('ring_agent_id = null', 'ring_until = null');
  if (ring) {
    assign('ring_agent_id', ring.agentId, 'uuid');
    assign('ring_until', instantOf(ring.until), 'timestamptz');
  }
  for (const side of ['visitor', 'staff'] as const) {
    const upTo = head[`${side}ReadSeq`];
    if (upTo !== undefined) {
      sets.push(
        `${side}_read_seq = greatest(${side}_read_seq, least(${parameters.add(upTo, 'int')}, visible_seq))`,
      );
    }
  }
  const wheres = [`id = ${id}`];
  const require = (column: string, value: Parameter, type: string) => {
    if (value !== undefined) wheres.push(`${column} = ${parameters.add(value, type)}`);
  };
  if (guard.states) wheres.push(`state in (${guard.states.map(word).join(', ')})`);
  require('version', guard.version, 'int');
  require('owner_epoch', guard.ownerEpoch, 'int');
  require('agent_id', guard.agentId, 'uuid');
  require('visitor_id', guard.visitorId, 'uuid');
  require('handoff_id', guard.handoffId, 'uuid');
  if (guard.ringAgentId) require('ring_agent_id', guard.ringAgentId, 'uuid');
  else if (guard.ringAgentId === null || changesHands) wheres.push('ring_agent_id is null');
  if (guard.participant) wheres.push(`${parameters.add(guard.participant, 'uuid')} = any(participant_ids)`);
  if (guard.unidentified) wheres.push('customer_id is null');
  if (guard.awaiting) wheres.push('awaiting_since is not null');
  if (guard.unhelped) wheres.push(`not ${botHelps('conversations')}`);
  if (guard.unreadBefore) {
    const { side, upTo } = guard.unreadBefore;
    wheres.push(`${side}_read_seq < least(${parameters.add(upTo, 'int')}, visible_seq)`);
  }
  if (guard.teamIds) wheres.push(`team_id = any(${parameters.add([...guard.teamIds], 'uuid[]')})`);
  return `update conversations set ${sets.join(', ')} where ${wheres.join(' and ')} returning *`;
}

function participantsAfter(change: NonNullable<HeadPatch['participants']>, parameters: Parameters): string {
  if (change === 'none') return `'{}'`;
  if ('remove' in change) return `array_remove(participant_ids, ${parameters.add(change.remove, 'uuid')})`;
  const one = parameters.add(change.add, 'uuid');
  return `array_append(array_remove(participant_ids, ${one}), ${one})`;
}

function labelsAfter(change: NonNullable<HeadPatch['labels']>, parameters: Parameters): string {
  if ('remove' in change) return `array_remove(labels, ${parameters.add(change.remove, 'text')})`;
  const added = parameters.add([...change.add], 'text[]');
  return `labels || array(select added from unnest(${added}) added where added <> all (labels))`;
}

/** Messages stand in the order of their events; each takes the number of its own event. */
function insertMessages(change: Change, parameters: Parameters, now: string): string {
  const places = new Map<string, number>();
  for (const [index, event] of change.events.entries()) {
    if (event.kind === 'message.sent' || event.kind === 'note.added')
      places.set(event.payload.messageId, index);
  }
  const selects = change.messages.map((message) => {
    const place = places.get(message.id);
    if (place === undefined) throw new Error(`Message ${message.id} has no event`);
    const values = [
      parameters.add(message.id, 'uuid'),
      'head.id',
      `head.seq - ${change.events.length - place - 1}`,
      word(message.author),
      message.authorId === null ? 'null::uuid' : parameters.add(message.authorId, 'uuid'),
      message.authorName === null ? 'null::text' : parameters.add(message.authorName, 'text'),
      parameters.add(message.clientId, 'text'),
      word(message.kind),
      parameters.add(message.body, 'text'),
      message.sources.length === 0 ? "'[]'::jsonb" : parameters.add(message.sources, 'jsonb'),
      now,
      message.page == null ? 'null::text' : parameters.add(message.page, 'text'),
      message.visit == null ? 'null::jsonb' : parameters.add(message.visit, 'jsonb'),
    ];
    return `select ${values.join(', ')} from head`;
  });
  return `insert into messages (id, conversation_id, seq, author, author_id, author_name, client_id, kind, body, sources, at, page, visit) ${selects.join(' union all ')}`;
}

function insertHandoff(handoff: NewHandoff, parameters: Parameters, now: string): string {
  const claimedAt = parameters.add(instantOf(handoff.claimedAt), 'timestamptz');
  const columns: [string, string][] = [
    ['id', parameters.add(handoff.id, 'uuid')],
    ['conversation_id', 'head.id'],
    ['state', parameters.add(handoff.state, 'text')],
    ['reason', parameters.add(handoff.reason, 'text')],
    ['confidence', parameters.add(handoff.confidence, 'float8')],
    ['paths_offered', parameters.add(handoff.pathsOffered, 'text[]')],
    ['path', parameters.add(handoff.path, 'text')],
    ['priority', parameters.add(handoff.priority, 'int')],
    ['score', parameters.add(handoff.score, 'int')],
    ['score_parts', parameters.add(handoff.scoreParts, 'jsonb')],
    ['team_id', parameters.add(handoff.teamId, 'uuid')],
    ['agent_id', parameters.add(handoff.agentId, 'uuid')],
    ['context', parameters.add(handoff.context, 'jsonb')],
    ['trigger', parameters.add(triggerOf(handoff.context), 'text')],
    ['offered_at', now],
    ['queued_at', parameters.add(instantOf(handoff.queuedAt), 'timestamptz')],
    ['claimed_at', claimedAt],
    ['first_claimed_at', claimedAt],
    ['sla', parameters.add(handoff.sla ?? [], 'jsonb')],
  ];
  return `insert into handoffs (${columns.map(([name]) => name).join(', ')}) select ${columns.map(([, value]) => value).join(', ')} from head returning ${returnedHandoff({ sla: [], ...handoff })}`;
}

/** What set it off, for the lists: the first that fired and says more than that the bot did not know. */
function triggerOf(context: HandoffContext | null): string | null {
  const fired = context?.signals.filter((signal) => signal.fired) ?? [];
  return fired.find(({ name }) => name !== 'low_confidence' && name !== 'polarity')?.name ?? null;
}

function patchHandoff(patch: { id: string; set: HandoffPatch }, parameters: Parameters): string {
  const sets: string[] = [];
  const assign = (column: string, value: Parameter, type: string) => {
    if (value !== undefined) sets.push(`${column} = ${parameters.add(value, type)}`);
  };
  const { set } = patch;
  if (set.state !== undefined) sets.push(`state = ${word(set.state)}`);
  assign('path', set.path, 'text');
  assign('paths_offered', set.pathsOffered, 'text[]');
  assign('priority', set.priority, 'int');
  assign('score', set.score, 'int');
  assign('score_parts', set.scoreParts, 'jsonb');
  assign('team_id', set.teamId, 'uuid');
  assign('agent_id', set.agentId, 'uuid');
  assign('context', set.context, 'jsonb');
  if (set.context) assign('trigger', triggerOf(set.context), 'text');
  if (set.queuedAt !== undefined) assign('queued_at', instantOf(set.queuedAt), 'timestamptz');
  if (set.claimedAt !== undefined) {
    const claimedAt = parameters.add(instantOf(set.claimedAt), 'timestamptz');
    sets.push(`claimed_at = ${claimedAt}`, `first_claimed_at = coalesce(first_claimed_at, ${claimedAt})`);
  }
  if (set.endedAt !== undefined) assign('ended_at', instantOf(set.endedAt), 'timestamptz');
  assign('outcome', set.outcome, 'text');
  assign('routing', set.routing, 'jsonb');
  if (set.misrouted) sets.push('misrouted = true');
  if (set.sla !== undefined) {
    const response = clockState(set.sla, 'first_response');
    assign('sla', set.sla, 'jsonb');
    assign('response_due_at', instantOf(response?.terms.dueAt), 'timestamptz');
    assign('response_target_ms', response?.terms.targetMs ?? null, 'bigint');
    assign('breached_at', instantOf(firstBreachAt(set.sla)), 'timestamptz');
    const flagged = slaFlag(set.sla);
    assign('sla_flag', flagged?.flag ?? null, 'text');
    assign('sla_flag_due_at', instantOf(flagged?.dueAt), 'timestamptz');
  }
  return `update handoffs set ${sets.join(', ')} from head where handoffs.id = ${parameters.add(patch.id, 'uuid')} and handoffs.conversation_id = head.id returning ${returnedHandoff(set)}`;
}

function insertDecision(made: NonNullable<Change['decision']>, parameters: Parameters, now: string): string {
  const values = [
    parameters.add(made.id, 'uuid'),
    'head.id',
    'head.handoff_id',
    parameters.add(made.agentId, 'uuid'),
    now,
    parameters.add(made.decision, 'jsonb'),
    parameters.add(made.input, 'jsonb'),
  ];
  return `insert into routing_decisions (id, conversation_id, handoff_id, agent_id, at, decision, input) select ${values.join(', ')} from head`;
}

/**
 * Whoever takes a time of an agent's calendar waits for whoever does so just then: two who wrote at once would each wait
 * for the other's constraint.
 */
function callbackArms(change: Change, parameters: Parameters, now: string): string[] {
  const { insertCallback: made, patchCallback: patch } = change;
  const agentId = made?.slot ? made.agent?.id : patch?.set.moved?.agentId;
  const locked = agentId === undefined ? '' : ' cross join (select count(*) from calendar_locks) locked';
  const arms =
    agentId === undefined
      ? []
      : [
          `calendar_locks as materialized (select u.id from users u cross join head where u.id = ${parameters.add(agentId, 'uuid')} for no key update of u)`,
        ];
  if (made) arms.push(`callback_rows as (${insertCallback(made, parameters, now)}${locked} returning id)`);
  if (patch) arms.push(`callback_rows as (${patchCallback(patch, parameters, locked)})`);
  return arms;
}

function insertCallback(callback: NewCallback, parameters: Parameters, now: string): string {
  const columns: [string, string][] = [
    ['id', parameters.add(callback.callbackId, 'uuid')],
    ['conversation_id', 'head.id'],
    ['handoff_id', parameters.add(callback.handoffId, 'uuid')],
    ['team_id', parameters.add(callback.teamId, 'uuid')],
    ['agent_id', parameters.add(callback.agent?.id ?? null, 'uuid')],
    ['channel', word(callback.channel)],
    ['state', word(callback.state)],
    ['start_at', parameters.add(instantOf(callback.slot?.startAt), 'timestamptz')],
    ['end_at', parameters.add(instantOf(callback.slot?.endAt), 'timestamptz')],
    ['held_until', parameters.add(instantOf(callback.heldUntil), 'timestamptz')],
    ['late_at', parameters.add(instantOf(callback.lateAt), 'timestamptz')],
    ['phone', parameters.add(callback.phone, 'text')],
    ['email', parameters.add(callback.email, 'text')],
    ['time_zone', parameters.add(callback.timeZone, 'text')],
    ['team_time_zone', parameters.add(callback.teamTimeZone, 'text')],
    ['reminded_at', parameters.add(instantOf(callback.remindedAt), 'timestamptz')],
    ['created_at', now],
  ];
  return `insert into callbacks (${columns.map(([name]) => name).join(', ')}) select ${columns.map(([, value]) => value).join(', ')} from head`;
}

function patchCallback({ id, from, set }: CallbackPatch, parameters: Parameters, locked: string): string {
  const sets: string[] = [];
  const assign = (column: string, value: Parameter, type: string) => {
    if (value !== undefined) sets.push(`${column} = ${parameters.add(value, type)}`);
  };
  if (set.state !== undefined) sets.push(`state = ${word(set.state)}`);
  assign('handoff_id', set.handoffId, 'uuid');
  if (set.remindedAt !== undefined) assign('reminded_at', instantOf(set.remindedAt), 'timestamptz');
  if (set.moved) {
    assign('agent_id', set.moved.agentId, 'uuid');
    assign('start_at', instantOf(set.moved.startAt), 'timestamptz');
    assign('end_at', instantOf(set.moved.endAt), 'timestamptz');
    assign('held_until', instantOf(set.moved.heldUntil), 'timestamptz');
    assign('late_at', instantOf(set.moved.lateAt), 'timestamptz');
  }
  // A calendar takes over what has the higher number.
  if (set.moved || set.state === 'cancelled') sets.push('sequence = sequence + 1');
  return `update callbacks set ${sets.join(', ')} from head${locked} where callbacks.id = ${parameters.add(id, 'uuid')} and callbacks.conversation_id = head.id and callbacks.state in (${from.map(word).join(', ')}) returning callbacks.id`;
}

function insertMail(mail: NewMail, parameters: Parameters, now: string): string {
  const values = [
    parameters.add(mail.id, 'uuid'),
    word(mail.kind),
    'head.id',
    parameters.add(mail.recipient, 'text'),
    parameters.add(mail.subject, 'text'),
    parameters.add(mail.text, 'text'),
    parameters.add(mail.html, 'text'),
    parameters.add(mail.calendar ?? null, 'text'),
    now,
    now,
  ];
  return `insert into outbox (id, kind, conversation_id, recipient, subject, text, html, calendar, created_at, due_at) select ${values.join(', ')} from head`;
}

function formLinkArms(link: NewFormLink, parameters: Parameters, now: string): string[] {
  const template = parameters.add(link.templateId, 'uuid');
  const values = [
    parameters.add(link.id, 'uuid'),
    'head.id',
    template,
    parameters.add(link.templateVersion, 'int'),
    parameters.add(link.form, 'jsonb'),
    parameters.add(link.teamId, 'uuid'),
    parameters.add(link.prefilled, 'jsonb'),
    parameters.add(link.returnTo, 'text'),
    now,
    parameters.add(new Date(link.expiresAt), 'timestamptz'),
  ];
  return [
    `ended_links as (update form_links set expires_at = ${now} from head where form_links.conversation_id = head.id and form_links.template_id = ${template} and form_links.expires_at > ${now})`,
    `form_link_rows as (insert into form_links (id, conversation_id, template_id, template_version, form, team_id, prefilled, return_to, sent_at, expires_at) select ${values.join(', ')} from head)`,
  ];
}

function insertSubmission(
  { linkId, answers, sealed }: NewSubmission,
  parameters: Parameters,
  now: string,
): string {
  const values = [
    'l.id',
    now,
    parameters.add(answers, 'jsonb'),
    parameters.add(sealed?.bytes ?? null, 'bytea'),
    parameters.add(sealed?.keyId ?? null, 'uuid'),
  ];
  return `insert into form_submissions (link_id, at, answers, sealed, key_id) select ${values.join(', ')} from head join form_links l on l.conversation_id = head.id and l.id = ${parameters.add(linkId, 'uuid')} and l.expires_at > ${now} returning link_id`;
}

function insertFile(file: NewSubmission['files'][number], parameters: Parameters): string {
  const values = [
    'link_id',
    parameters.add(file.fieldId, 'text'),
    parameters.add(file.type, 'text'),
    parameters.add(file.size, 'int'),
    parameters.add(file.bytes, 'bytea'),
    parameters.add(file.keyId, 'uuid'),
  ];
  return `insert into form_files (link_id, field_id, type, size, sealed, key_id) select ${values.join(', ')} from submission_rows`;
}

function upsertTimer(timer: TimerWrite, parameters: Parameters, now: string): string {
  const when = timer.when ? ` where ${TIMER_CONDITIONS[timer.when](now)}` : '';
  return `insert into timers (key, kind, due_at, payload) select ${parameters.add(timer.key, 'text')}, ${word(timer.kind)}, ${parameters.add(new Date(timer.dueAt), 'timestamptz')}, jsonb_build_object('conversationId', head.id, 'seq', head.seq) from head${when} on conflict (key) do update set ${timer.keepsEarlier ? 'due_at = least(timers.due_at, excluded.due_at), payload = excluded.payload' : 'due_at = excluded.due_at, payload = excluded.payload, attempts = 0, locked_until = null'} returning key`;
}

/** Somebody who left an address, a number or a form waits in the queue: the bot goes on answering until a person takes over. */
function botHelps(head: 'head' | 'conversations'): string {
  return `(${head}.state = 'pending' and exists (select 1 from handoffs h where h.id = ${head}.handoff_id and h.path in (${UNATTENDED_PATHS.map(word).join(', ')})))`;
}

const TIMER_CONDITIONS = {
  withBot: () => `(head.state = 'bot' or ${botHelps('head')})`,
  turnBegins: (now: string) => `head.state in ('pending', 'active') and head.awaiting_since = ${now}`,
  mayMail: () => 'exists (select 1 from visitors v where v.id = head.visitor_id and v.email is not null)',
  slotFreed: () => `not head.holds_slot and ${FLIPPED}`,
  turnAnswered: (now: string) => `(head.answered_at = ${now} or exists (select 1 from first_reply))`,
} satisfies Record<NonNullable<TimerWrite['when']>, (now: string) => string>;

function insertEvents(change: Change, parameters: Parameters, actor: object, now: string): string {
  const by = parameters.add(actor, 'jsonb');
  let visible = visibleCount(change);
  const selects = change.events.map((event, index) => {
    const shown = isVisibleToVisitor(event.kind);
    const place = shown ? `head.visible_seq - ${--visible}` : 'null::int';
    const values = [
      'head.id',
      `head.seq - ${change.events.length - index - 1}`,
      place,
      word(event.kind),
      by,
      parameters.add(event.payload, 'jsonb'),
      now,
      `head.chain[${index + 1}]`,
    ];
    return `select ${values.join(', ')} from head`;
  });
  return `insert into events (conversation_id, seq, visible_seq, kind, actor, payload, at, hash) ${selects.join(' union all ')}`;
}
