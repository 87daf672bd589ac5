import { integer, jsonb, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import { bytes, instant } from './columns';

export const articles = pgTable('articles', {
  id: text('id').primaryKey(),
  title: text('title').notNull(),
  body: text('body').notNull(),
  category: text('category').notNull(),
  examples: text('examples').array().notNull(),
  version: integer('version').notNull(),
  updatedAt: instant('updated_at').notNull(),
  /** Set: the bot does not go by it any more. */
  archivedAt: instant('archived_at'),
  /** The name of whoever wrote this version; null for what shipped. */
  changedBy: text('changed_by'),
});

/** What an article said before each change. */
export const articleVersions = pgTable(
  'article_versions',
  {
    articleId: text('article_id')
      .notNull()
      .references(() => articles.id),
    version: integer('version').notNull(),
    title: text('title').notNull(),
    body: text('body').notNull(),
    category: text('category').notNull(),
    examples: text('examples').array().notNull(),
    archivedAt: instant('archived_at'),
    changedBy: text('changed_by'),
    updatedAt: instant('updated_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.articleId, table.version] })],
);

/** What a text of the articles means to a model, found by the SHA-256 of the text. Can be made again from the articles. */
export const embeddings = pgTable(
  'embeddings',
  {
    model: text('model').notNull(),
    digest: text('digest').notNull(),
    vector: bytes('vector').notNull(),
  },
  (table) => [primaryKey({ columns: [table.model, table.digest] })],
);

/** One row a setting; a missing row means the default that the code ships. */
export const settings = pgTable('settings', {
  key: text('key').primaryKey(),
  value: jsonb('value').notNull(),
  updatedAt: instant('updated_at').notNull(),
});
