import { sql } from 'drizzle-orm';
import { index, integer, pgTable, text, uuid } from 'drizzle-orm/pg-core';
import type { MailKind, MailState } from '@/lib/domain/mail';
import { instant } from './columns';
import { conversations } from './conversations';

/** What goes out by e-mail, written in the statement that decides it. Its id is the Message-ID, whatever happens on the way. */
export const outbox = pgTable(
  'outbox',
  {
    id: uuid('id').primaryKey(),
    kind: text('kind').$type<MailKind>().notNull(),
    conversationId: uuid('conversation_id').references(() => conversations.id),
    recipient: text('recipient').notNull(),
    subject: text('subject').notNull(),
    text: text('text').notNull(),
    html: text('html').notNull(),
    /** An invitation that goes along, as iCalendar has it. */
    calendar: text('calendar'),
    state: text('state').$type<MailState>().notNull().default('waiting'),
    createdAt: instant('created_at').notNull(),
    /** Of the next attempt, while it waits. */
    dueAt: instant('due_at').notNull(),
    attempts: integer('attempts').notNull().default(0),
    /** While somebody sends it. */
    lockedUntil: instant('locked_until'),
    lastError: text('last_error'),
    sentAt: instant('sent_at'),
  },
  (table) => [
    index('outbox_due').on(table.dueAt).where(sql`state = 'waiting'`),
    index('outbox_recipient').on(table.recipient, table.createdAt),
    index('outbox_state').on(table.state, table.createdAt, table.id),
  ],
);
