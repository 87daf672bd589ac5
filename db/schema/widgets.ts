import {
  boolean,
  index,
  integer,
  jsonb,
  numeric,
  pgTable,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import { bytes, instant } from './columns';
import { teams } from './users';

export const widgets = pgTable('widgets', {
  id: uuid('id').primaryKey(),
  key: text('key').notNull().unique(),
  shopName: text('shop_name').notNull(),
  botName: text('bot_name').notNull(),
  currency: text('currency').notNull(),
  locale: text('locale').notNull(),
  allowedOrigins: text('allowed_origins').array().notNull(),
  theme: jsonb('theme').$type<{ brand: string }>().notNull(),
  texts: jsonb('texts').$type<Record<string, string>>().notNull(),
  suggestions: text('suggestions').array().notNull(),
  /** The team whose queue a handoff enters when nothing says otherwise. */
  teamId: uuid('team_id')
    .notNull()
    .references(() => teams.id),
  /** The key that signs the site's customers, encrypted at rest. */
  identitySecret: bytes('identity_secret').notNull(),
  createdAt: instant('created_at').notNull(),
  /** The first site other than our own on which a customer opened it. */
  seenOn: text('seen_on'),
  seenOnAt: instant('seen_on_at'),
});

export const customers = pgTable(
  'customers',
  {
    id: uuid('id').primaryKey(),
    externalId: text('external_id'),
    name: text('name').notNull(),
    email: text('email'),
    verified: boolean('verified').notNull(),
    tier: text('tier'),
    customerSince: instant('customer_since'),
    lifetimeValue: numeric('lifetime_value', { precision: 14, scale: 2, mode: 'number' }),
    churnRisk: text('churn_risk').$type<'low' | 'medium' | 'high'>(),
    orders: integer('orders'),
    preferredContact: text('preferred_contact'),
    locale: text('locale'),
    timeZone: text('time_zone'),
    attributes: jsonb('attributes').$type<Record<string, string>>().notNull(),
    createdAt: instant('created_at').notNull(),
  },
  (table) => [uniqueIndex('customers_external').on(table.externalId)],
);

/** A browser that wrote to us, known by its token alone until the site says who it is. */
export const visitors = pgTable(
  'visitors',
  {
    id: uuid('id').primaryKey(),
    widgetId: uuid('widget_id')
      .notNull()
      .references(() => widgets.id),
    customerId: uuid('customer_id').references(() => customers.id),
    /** Where they asked to be answered; typed by whoever sat there, and proven by nothing. */
    email: text('email'),
    /** Until when some server has promised to hear them; kept for those with an address. */
    connectedUntil: instant('connected_until'),
    createdAt: instant('created_at').notNull(),
  },
  (table) => [index('visitors_customer').on(table.customerId)],
);
