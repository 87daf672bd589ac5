import type { Database } from '../client';

export interface VisitorRow {
  id: string;
  widgetId: string;
  customerId: string | null;
  /** Where they asked to be answered. */
  email: string | null;
}

export async function findVisitor(db: Database, id: string): Promise<VisitorRow | null> {
  const [row] = await db.query<{
    id: string;
    widget_id: string;
    customer_id: string | null;
    email: string | null;
  }>('select id, widget_id, customer_id, email from visitors where id = $1::uuid', [id]);
  return row ? { id: row.id, widgetId: row.widget_id, customerId: row.customer_id, email: row.email } : null;
}

export async function insertVisitor(
  db: Database,
  visitor: { id: string; widgetId: string; customerId: string | null; at: number },
): Promise<void> {
  await db.query(
    'insert into visitors (id, widget_id, customer_id, created_at) values ($1::uuid, $2::uuid, $3::uuid, $4::timestamptz)',
    [visitor.id, visitor.widgetId, visitor.customerId, new Date(visitor.at)],
  );
}

/** Ties a browser that is nobody's to the customer that the site has signed for. Answers whose it is then. */
export async function linkVisitor(
  db: Database,
  visitorId: string,
  customerId: string,
): Promise<string | null> {
  const [row] = await db.query<{ customer_id: string }>(
    'update visitors set customer_id = coalesce(customer_id, $2::uuid) where id = $1::uuid returning customer_id',
    [visitorId, customerId],
  );
  return row?.customer_id ?? null;
}

export async function readIdentitySecret(db: Database, widgetId: string): Promise<Buffer> {
  const [row] = await db.query<{ identity_secret: Buffer }>(
    'select identity_secret from widgets where id = $1::uuid',
    [widgetId],
  );
  if (row === undefined) throw new Error(`Widget ${widgetId} is gone`);
  return row.identity_secret;
}
