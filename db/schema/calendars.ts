import { sql } from 'drizzle-orm';
import {
  boolean,
  check,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import type { Span } from '@/lib/domain/callback-slots';
import type { CalendarKind } from '@/lib/domain/connected-calendar';
import { callbacks } from './callbacks';
import { bytes, instant } from './columns';
import { users } from './users';

/** Calendars that agents keep elsewhere, each with what is known of it. */
export const calendars = pgTable(
  'calendars',
  {
    id: uuid('id').primaryKey(),
    userId: uuid('user_id')
      .notNull()
      .references(() => users.id),
    kind: text('kind').$type<CalendarKind>().notNull(),
    name: text('name').notNull(),
    host: text('host').notNull(),
    /** Of times that name none. */
    timeZone: text('time_zone').notNull(),
    /** Address and credentials. */
    sealed: bytes('sealed').notNull(),
    takesCalls: boolean('takes_calls').notNull().default(false),
    /** When its owner is busy, from the last reading up to `known_until`; without a word of what it is. */
    busy: jsonb('busy').$type<Span[]>().notNull(),
    readAt: instant('read_at').notNull(),
    knownUntil: instant('known_until').notNull(),
    trouble: text('trouble'),
    troubledSince: instant('troubled_since'),
    failures: integer('failures').notNull().default(0),
    dueAt: instant('due_at').notNull(),
    /** While somebody reads it. */
    lockedUntil: instant('locked_until'),
    createdAt: instant('created_at').notNull(),
  },
  (table) => [
    check('calendars_trouble_is_whole', sql`(trouble is null) = (troubled_since is null)`),
    index('calendars_user').on(table.userId),
    uniqueIndex('calendars_one_takes_calls').on(table.userId).where(sql`takes_calls`),
    index('calendars_due').on(table.dueAt),
  ],
);

/** Calls as they stand in the calendars of their agents: what differs from the call itself is still to be written there. */
export const calendarEvents = pgTable(
  'calendar_events',
  {
    callbackId: uuid('callback_id')
      .notNull()
      .references(() => callbacks.id),
    calendarId: uuid('calendar_id')
      .notNull()
      .references(() => calendars.id, { onDelete: 'cascade' }),
    /** Of the call as it was written; null before it was. */
    sequence: integer('sequence'),
    failures: integer('failures').notNull().default(0),
    trouble: text('trouble'),
    /** Of the next attempt. */
    dueAt: instant('due_at').notNull(),
    lockedUntil: instant('locked_until'),
  },
  (table) => [
    primaryKey({ columns: [table.callbackId, table.calendarId] }),
    index('calendar_events_calendar').on(table.calendarId),
  ],
);
