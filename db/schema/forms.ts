import { sql } from 'drizzle-orm';
import { check, index, integer, jsonb, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import type { Answers, FileType, FormContent } from '@/lib/domain/form-template';
import { bytes, instant } from './columns';
import { conversations } from './conversations';

/** Keys of what customers filled in and nobody may read by chance; each sealed by the installation's own. */
export const sealingKeys = pgTable('sealing_keys', {
  id: uuid('id').primaryKey(),
  sealed: bytes('sealed').notNull(),
  createdAt: instant('created_at').notNull(),
});

/** Links to forms, each with the form as it was when it was sent. */
export const formLinks = pgTable(
  'form_links',
  {
    id: uuid('id').primaryKey(),
    conversationId: uuid('conversation_id')
      .notNull()
      .references(() => conversations.id),
    templateId: uuid('template_id').notNull(),
    templateVersion: integer('template_version').notNull(),
    form: jsonb('form').$type<FormContent>().notNull(),
    teamId: uuid('team_id'),
    /** What the chat gathered already. */
    prefilled: jsonb('prefilled').$type<Answers>().notNull(),
    /** The page that the customer came from. */
    returnTo: text('return_to'),
    sentAt: instant('sent_at').notNull(),
    /** A newer link to the same form ends the ones before. */
    expiresAt: instant('expires_at').notNull(),
  },
  (table) => [index('form_links_conversation').on(table.conversationId, table.templateId)],
);

/** What came back: one for each link, which is what makes a link work once. */
export const formSubmissions = pgTable(
  'form_submissions',
  {
    linkId: uuid('link_id')
      .primaryKey()
      .references(() => formLinks.id),
    at: instant('at').notNull(),
    answers: jsonb('answers').$type<Answers>().notNull(),
    /** What is sensitive. */
    sealed: bytes('sealed'),
    keyId: uuid('key_id').references(() => sealingKeys.id),
  },
  (table) => [
    check('form_submissions_sealed_with', sql`(sealed is null) = (key_id is null)`),
    index('form_submissions_key').on(table.keyId).where(sql`key_id is not null`),
  ],
);

/** Files that came with a submission, each sealed; its name is among the sealed answers. */
export const formFiles = pgTable(
  'form_files',
  {
    linkId: uuid('link_id')
      .notNull()
      .references(() => formLinks.id),
    fieldId: text('field_id').notNull(),
    type: text('type').$type<FileType>().notNull(),
    size: integer('size').notNull(),
    sealed: bytes('sealed').notNull(),
    keyId: uuid('key_id')
      .notNull()
      .references(() => sealingKeys.id),
  },
  (table) => [
    primaryKey({ columns: [table.linkId, table.fieldId] }),
    index('form_files_key').on(table.keyId),
  ],
);
