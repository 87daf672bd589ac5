import { index, pgTable, uuid } from 'drizzle-orm/pg-core';
import { bytes, instant } from './columns';
import { sealingKeys } from './forms';

/** What admins gave to log in elsewhere with. Settings name them; nobody is shown them again. */
export const secrets = pgTable(
  'secrets',
  {
    id: uuid('id').primaryKey(),
    sealed: bytes('sealed').notNull(),
    keyId: uuid('key_id')
      .notNull()
      .references(() => sealingKeys.id),
    createdAt: instant('created_at').notNull(),
  },
  (table) => [index('secrets_key').on(table.keyId)],
);
