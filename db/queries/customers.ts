import type { Outcome } from '@/lib/domain/handoff';
import type { Database } from '../client';

export interface CustomerRow {
  id: string;
  name: string;
  email: string | null;
  verified: boolean;
  tier: string | null;
  customerSince: number | null;
  lifetimeValue: number | null;
  churnRisk: 'low' | 'medium' | 'high' | null;
  orders: number | null;
  preferredContact: string | null;
  locale: string | null;
  timeZone: string | null;
  attributes: Record<string, string>;
}

interface Columns {
  id: string;
  name: string;
  email: string | null;
  verified: boolean;
  tier: string | null;
  customer_since: Date | null;
  lifetime_value: number | null;
  churn_risk: 'low' | 'medium' | 'high' | null;
  orders: number | null;
  preferred_contact: string | null;
  locale: string | null;
  time_zone: string | null;
  attributes: Record<string, string>;
}

export async function findCustomer(db: Database, id: string): Promise<CustomerRow | null> {
  const [row] = await db.query<Columns>(
    `select id, name, email, verified, tier, customer_since, lifetime_value::float8 as lifetime_value, churn_risk,
       orders, preferred_contact, locale, time_zone, attributes
     from customers where id = $1::uuid`,
    [id],
  );
  if (row === undefined) return null;
  return {
    id: row.id,
    name: row.name,
    email: row.email,
    verified: row.verified,
    tier: row.tier,
    customerSince: row.customer_since?.getTime() ?? null,
    lifetimeValue: row.lifetime_value,
    churnRisk: row.churn_risk,
    orders: row.orders,
    preferredContact: row.preferred_contact,
    locale: row.locale,
    timeZone: row.time_zone,
    attributes: row.attributes,
  };
}

/** Handoffs of this customer that a person took, before the given one. */
export async function earlierHandoffs(
  db: Database,
  customerId: string,
  exceptHandoffId: string | null,
): Promise<{ handoffs: number; lastOutcome: Outcome | null }> {
  const rows = await db.query<{ outcome: Outcome | null }>(
    `select h.outcome from handoffs h join conversations c on c.id = h.conversation_id
     where c.customer_id = $1::uuid and h.claimed_at is not null and h.id is distinct from $2::uuid
     order by h.offered_at desc limit 100`,
    [customerId, exceptHandoffId],
  );
  return { handoffs: rows.length, lastOutcome: rows[0]?.outcome ?? null };
}

/** Makes or refreshes the record of a customer whom the site has signed for, and says whether they went by another name before. */
export async function upsertCustomer(
  db: Database,
  customer: {
    id: string;
    externalId: string;
    name: string;
    email: string | null;
    attributes: Record<string, string>;
    at: number;
  },
): Promise<{ id: string; isRenamed: boolean }> {
  const [row] = await db.query<{ id: string; is_renamed: boolean }>(
    `with before as (select name from customers where external_id = $2::text)
     insert into customers (id, external_id, name, email, verified, attributes, created_at)
     values ($1::uuid, $2::text, $3::text, $4::text, true, $5::jsonb, $6::timestamptz)
     on conflict (external_id) do update set name = excluded.name, email = coalesce(excluded.email, customers.email),
       attributes = customers.attributes || excluded.attributes, verified = true
     returning id, coalesce((select before.name <> customers.name from before), false) as is_renamed`,
    [
      customer.id,
      customer.externalId,
      customer.name,
      customer.email,
      customer.attributes,
      new Date(customer.at),
    ],
  );
  if (row === undefined) throw new Error('The customer was not written');
  return { id: row.id, isRenamed: row.is_renamed };
}

/** By which the site names a customer whom it has signed for; null where it has not. */
export async function findExternalId(db: Database, id: string): Promise<string | null> {
  const [row] = await db.query<{ external_id: string | null }>(
    'select external_id from customers where id = $1::uuid and verified',
    [id],
  );
  return row?.external_id ?? null;
}

/** By what the site calls them; null while we have not met them. */
export async function findCustomerByExternalId(db: Database, externalId: string): Promise<string | null> {
  const [row] = await db.query<{ id: string }>('select id from customers where external_id = $1::text', [
    externalId,
  ]);
  return row?.id ?? null;
}
