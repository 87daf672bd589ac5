import { sql } from 'drizzle-orm';
import { check, index, integer, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import type { CallbackChannel, CallbackState } from '@/lib/domain/callback';
import { instant } from './columns';
import { conversations, handoffs } from './conversations';
import { teams, users } from './users';

/**
 * Calls that were promised. That no agent has two at once, the time kept free after each included, is held by the
 * exclusion constraint `callbacks_apart` of the migration, which this notation has no word for.
 */
export const callbacks = pgTable(
  'callbacks',
  {
    id: uuid('id').primaryKey(),
    conversationId: uuid('conversation_id')
      .notNull()
      .references(() => conversations.id),
    handoffId: uuid('handoff_id')
      .notNull()
      .references(() => handoffs.id),
    teamId: uuid('team_id')
      .notNull()
      .references(() => teams.id),
    agentId: uuid('agent_id').references(() => users.id),
    channel: text('channel').$type<CallbackChannel>().notNull(),
    state: text('state').$type<CallbackState>().notNull(),
    startAt: instant('start_at'),
    endAt: instant('end_at'),
    /** The end with the time that is kept free after it. */
    heldUntil: instant('held_until'),
    lateAt: instant('late_at').notNull(),
    phone: text('phone'),
    email: text('email'),
    timeZone: text('time_zone').notNull(),
    teamTimeZone: text('team_time_zone').notNull(),
    sequence: integer('sequence').notNull().default(0),
    remindedAt: instant('reminded_at'),
    createdAt: instant('created_at').notNull(),
  },
  (table) => [
    check(
      'callbacks_slot_is_whole',
      sql`(start_at is null) = (end_at is null) and (start_at is null) = (held_until is null) and (start_at is null or (start_at < end_at and end_at <= held_until))`,
    ),
    uniqueIndex('callbacks_one_open').on(table.conversationId).where(sql`state in ('booked', 'due')`),
    index('callbacks_conversation').on(table.conversationId, table.createdAt),
    index('callbacks_handoff').on(table.handoffId),
    index('callbacks_open').on(table.teamId, table.startAt).where(sql`state in ('booked', 'due')`),
    index('callbacks_agent_open').on(table.agentId, table.startAt).where(sql`state in ('booked', 'due')`),
  ],
);
