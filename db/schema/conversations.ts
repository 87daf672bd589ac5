import { sql } from 'drizzle-orm';
import {
  bigint,
  boolean,
  check,
  doublePrecision,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  unique,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import type { LoggedActor } from '@/lib/domain/actor';
import type { ConversationState, EventKind, MessageAuthor, MessageKind } from '@/lib/domain/conversation';
import type { Visit } from '@/lib/domain/engagement';
import type {
  HandoffContext,
  HandoffState,
  Mood,
  Outcome,
  Path,
  PriorityPart,
  Reason,
} from '@/lib/domain/handoff';
import type { DecisionInput, HandoffRouting } from '@/lib/domain/handoff-routing';
import type { Source } from '@/lib/domain/judgement';
import type { RoutingDecision } from '@/lib/domain/routing';
import type { SlaFlag } from '@/lib/domain/sla-flag';
import type { SlaLedger } from '@/lib/domain/sla-ledger';
import type { ForecastKind } from '@/lib/domain/wait-forecast';
import { bytes, instant } from './columns';
import { teams, users } from './users';
import { customers, visitors, widgets } from './widgets';

/** The head of each conversation. Every change of it goes through `db/commit.ts`. */
export const conversations = pgTable(
  'conversations',
  {
    id: uuid('id').primaryKey(),
    widgetId: uuid('widget_id')
      .notNull()
      .references(() => widgets.id),
    visitorId: uuid('visitor_id')
      .notNull()
      .references(() => visitors.id),
    customerId: uuid('customer_id').references(() => customers.id),
    state: text('state').$type<ConversationState>().notNull(),
    ownerEpoch: integer('owner_epoch').notNull(),
    version: integer('version').notNull(),
    seq: integer('seq').notNull(),
    visibleSeq: integer('visible_seq').notNull(),
    /** Hashes of the newest commit's events, the last one the head of the chain. */
    chain: bytes('chain').array().notNull(),
    teamId: uuid('team_id').references(() => teams.id),
    agentId: uuid('agent_id').references(() => users.id),
    /** Who writes to the customer beside the owner. */
    participantIds: uuid('participant_ids').array().notNull().default(sql`'{}'`),
    handoffId: uuid('handoff_id'),
    topic: text('topic'),
    labels: text('labels').array().notNull().default(sql`'{}'`),
    mood: text('mood').$type<Mood>().notNull(),
    preview: text('preview').notNull(),
    previewBy: text('preview_by').$type<MessageAuthor>(),
    unread: integer('unread').notNull(),
    messageCount: integer('message_count').notNull(),
    visitorReadSeq: integer('visitor_read_seq').notNull(),
    staffReadSeq: integer('staff_read_seq').notNull(),
    startedAt: instant('started_at').notNull(),
    lastMessageAt: instant('last_message_at').notNull(),
    /** Since when the customer's words stand unanswered by an agent; and the last turn that was answered. */
    awaitingSince: instant('awaiting_since'),
    answeredSince: instant('answered_since'),
    answeredAt: instant('answered_at'),
    resolvedAt: instant('resolved_at'),
    /** Whether it counts for its agent's load, and the number of the event with which that last changed. */
    holdsSlot: boolean('holds_slot').notNull().default(false),
    slotSeq: integer('slot_seq').notNull().default(0),
    /** At whom it rings, and until when: while it waits, or while its agent asks a colleague to take it. */
    ringAgentId: uuid('ring_agent_id').references(() => users.id),
    ringUntil: instant('ring_until'),
  },
  (table) => [
    check(
      'conversations_ring_waits',
      sql`(ring_agent_id is null) = (ring_until is null) and (ring_agent_id is null or state in ('pending', 'active'))`,
    ),
    uniqueIndex('conversations_ring').on(table.ringAgentId).where(sql`ring_agent_id is not null`),
    uniqueIndex('conversations_visitor').on(table.visitorId),
    index('conversations_started_at').on(table.startedAt),
    index('conversations_customer').on(table.customerId),
    index('conversations_team_open')
      .on(table.teamId, table.lastMessageAt)
      .where(sql`state in ('pending', 'active')`),
    index('conversations_agent_open').on(table.agentId, table.lastMessageAt).where(sql`state = 'active'`),
    index('conversations_live').on(table.lastMessageAt, table.id).where(sql`state = 'bot'`),
    index('conversations_resolved').on(table.resolvedAt, table.id).where(sql`state = 'resolved'`),
  ],
);

export const messages = pgTable(
  'messages',
  {
    id: uuid('id').primaryKey(),
    conversationId: uuid('conversation_id')
      .notNull()
      .references(() => conversations.id),
    seq: integer('seq').notNull(),
    author: text('author').$type<MessageAuthor>().notNull(),
    authorId: uuid('author_id'),
    authorName: text('author_name'),
    clientId: text('client_id').notNull(),
    kind: text('kind').$type<MessageKind>().notNull(),
    body: text('body').notNull(),
    sources: jsonb('sources').$type<Source[]>().notNull(),
    at: instant('at').notNull(),
    /** Where the customer was when they wrote it: origin and path, by the word of their browser. */
    page: text('page'),
    visit: jsonb('visit').$type<Visit>(),
  },
  (table) => [
    unique('messages_once')
      .on(table.conversationId, table.author, table.authorId, table.clientId)
      .nullsNotDistinct(),
    uniqueIndex('messages_order').on(table.conversationId, table.seq),
  ],
);

/** The log. Append-only by trigger; `hash` is keyed over the previous event's hash and this one's content. */
export const events = pgTable(
  'events',
  {
    conversationId: uuid('conversation_id')
      .notNull()
      .references(() => conversations.id),
    seq: integer('seq').notNull(),
    visibleSeq: integer('visible_seq'),
    kind: text('kind').$type<EventKind>().notNull(),
    actor: jsonb('actor').$type<LoggedActor>().notNull(),
    payload: jsonb('payload').$type<Record<string, unknown>>().notNull(),
    at: instant('at').notNull(),
    hash: bytes('hash').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.conversationId, table.seq] }),
    index('events_at').on(table.at),
    index('events_claimed_at').on(table.at).where(sql`kind = 'handoff.claimed'`),
    uniqueIndex('events_visible')
      .on(table.conversationId, table.visibleSeq)
      .where(sql`visible_seq is not null`),
  ],
);

export const handoffs = pgTable(
  'handoffs',
  {
    id: uuid('id').primaryKey(),
    conversationId: uuid('conversation_id')
      .notNull()
      .references(() => conversations.id),
    state: text('state').$type<HandoffState>().notNull(),
    reason: text('reason').$type<Reason>().notNull(),
    confidence: doublePrecision('confidence'),
    pathsOffered: text('paths_offered').array().$type<Path[]>().notNull(),
    path: text('path').$type<Path>(),
    priority: integer('priority').notNull(),
    score: integer('score').notNull(),
    scoreParts: jsonb('score_parts').$type<PriorityPart[]>().notNull(),
    teamId: uuid('team_id').references(() => teams.id),
    agentId: uuid('agent_id').references(() => users.id),
    context: jsonb('context').$type<HandoffContext>(),
    /** Of its signals the one that the lists show. */
    trigger: text('trigger'),
    offeredAt: instant('offered_at').notNull(),
    queuedAt: instant('queued_at'),
    claimedAt: instant('claimed_at'),
    /** The first of all claims: `claimed_at` is that of the last. */
    firstClaimedAt: instant('first_claimed_at'),
    firstReplyAt: instant('first_reply_at'),
    endedAt: instant('ended_at'),
    outcome: text('outcome').$type<Outcome>(),
    /** What happened to its clocks. */
    /** Of the first response, as the ledger has it: what the order of service goes by. */
    responseDueAt: instant('response_due_at'),
    /** The first breach of any clock, as the ledger has it. */
    breachedAt: instant('breached_at'),
    responseTargetMs: bigint('response_target_ms', { mode: 'number' }),
    sla: jsonb('sla').$type<SlaLedger>().notNull().default([]),
    /** What the ledger's marks make of it, and the deadline that it is about: what the desk's watch lists go by. */
    slaFlag: text('sla_flag').$type<SlaFlag>(),
    slaFlagDueAt: instant('sla_flag_due_at'),
    routing: jsonb('routing').$type<HandoffRouting>(),
    /** Whoever had it said that it should never have come to them. */
    misrouted: boolean('misrouted').notNull().default(false),
  },
  (table) => [
    uniqueIndex('handoffs_one_open')
      .on(table.conversationId)
      .where(sql`state in ('offered', 'collecting', 'filling', 'scheduled', 'pending', 'claimed')`),
    index('handoffs_pending')
      .on(table.teamId, table.priority, table.queuedAt, table.id)
      .where(sql`state = 'pending'`),
    index('handoffs_offered_at').on(table.offeredAt),
    index('handoffs_team_queued_at').on(table.teamId, table.queuedAt).where(sql`queued_at is not null`),
    index('handoffs_team_ended_at').on(table.teamId, table.endedAt).where(sql`ended_at is not null`),
    index('handoffs_reached').using('gin', sql`(routing -> 'reached')`).where(sql`state = 'pending'`),
    index('handoffs_conversation').on(table.conversationId, table.offeredAt),
    index('handoffs_breached')
      .on(table.teamId, table.slaFlag.desc(), table.slaFlagDueAt, table.id)
      .where(sql`state in ('pending', 'claimed') and sla_flag in ('overdue', 'late')`),
    index('handoffs_at_risk')
      .on(table.teamId, table.slaFlagDueAt, table.id)
      .where(sql`state in ('pending', 'claimed') and sla_flag = 'at_risk'`),
  ],
);

/** What each customer in line was told first. How it came out is told by the handoff: when it was first claimed, or ended. */
export const waitForecasts = pgTable(
  'wait_forecasts',
  {
    handoffId: uuid('handoff_id')
      .primaryKey()
      .references(() => handoffs.id),
    teamId: uuid('team_id')
      .notNull()
      .references(() => teams.id),
    priority: integer('priority').notNull(),
    kind: text('kind').$type<ForecastKind>().notNull(),
    at: instant('at').notNull(),
    /** By the formula, before what was learnt. */
    rawMs: doublePrecision('raw_ms').notNull(),
    rawLowMs: doublePrecision('raw_low_ms').notNull(),
    rawHighMs: doublePrecision('raw_high_ms').notNull(),
    meanMs: doublePrecision('mean_ms').notNull(),
    /** The range as it was told, rounded. */
    shownLowMs: integer('shown_low_ms').notNull(),
    shownHighMs: integer('shown_high_ms').notNull(),
  },
  (table) => [index('wait_forecasts_team_at').on(table.teamId, table.at)],
);

/** Why each ring rang where it did; the log keeps the hash. */
export const routingDecisions = pgTable(
  'routing_decisions',
  {
    id: uuid('id').primaryKey(),
    conversationId: uuid('conversation_id')
      .notNull()
      .references(() => conversations.id),
    handoffId: uuid('handoff_id')
      .notNull()
      .references(() => handoffs.id),
    agentId: uuid('agent_id')
      .notNull()
      .references(() => users.id),
    at: instant('at').notNull(),
    decision: jsonb('decision').$type<RoutingDecision>().notNull(),
    input: jsonb('input').$type<DecisionInput>().notNull(),
  },
  (table) => [index('routing_decisions_handoff').on(table.handoffId, table.at)],
);

/** Every deadline is a row. Upserted or removed in the statement that changes the state it belongs to. */
export const timers = pgTable(
  'timers',
  {
    key: text('key').primaryKey(),
    kind: text('kind').notNull(),
    dueAt: instant('due_at').notNull(),
    payload: jsonb('payload').$type<Record<string, unknown>>().notNull(),
    attempts: integer('attempts').notNull().default(0),
    lockedUntil: instant('locked_until'),
  },
  (table) => [
    index('timers_due').on(table.dueAt),
    index('timers_locked').on(table.lockedUntil).where(sql`locked_until is not null`),
  ],
);

/** Heads of the chains that are not conversations, such as the settings' own stream. */
export const streams = pgTable('streams', {
  name: text('name').primaryKey(),
  seq: bigint('seq', { mode: 'number' }).notNull(),
  chain: bytes('chain').array().notNull(),
});

/** What admins changed, with before and after; secrets are never in it. */
export const streamEvents = pgTable(
  'stream_events',
  {
    stream: text('stream')
      .notNull()
      .references(() => streams.name),
    seq: bigint('seq', { mode: 'number' }).notNull(),
    kind: text('kind').notNull(),
    actor: jsonb('actor').$type<LoggedActor>().notNull(),
    payload: jsonb('payload').$type<Record<string, unknown>>().notNull(),
    at: instant('at').notNull(),
    hash: bytes('hash').notNull(),
  },
  (table) => [primaryKey({ columns: [table.stream, table.seq] })],
);

/** A signed count over all heads, so that a truncated tail shows. Its line is also written to the log. */
export const checkpoints = pgTable('checkpoints', {
  id: uuid('id').primaryKey(),
  at: instant('at').notNull(),
  conversations: bigint('conversations', { mode: 'number' }).notNull(),
  events: bigint('events', { mode: 'number' }).notNull(),
  heads: bytes('heads').notNull(),
  signature: bytes('signature').notNull(),
});
