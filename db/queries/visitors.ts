import type { Database } from '../client';

export interface VisitorRow {
  id: string;
  widgetId: string;
  customerId: string | null;
  /** Where they asked to be answered. */
  email: string | null;
  /** Until when some server has promised to hear them. */
  connectedUntil: number | null;
}

export async function findVisitor(db: Database, id: string): Promise<VisitorRow | null> {
  const [row] = await db.query<{
    id: string;
    widget_id: string;
    customer_id: string | null;
    email: string | null;
    connected_until: Date | null;
  }>('select id, widget_id, customer_id, email, connected_until from visitors where id = $1::uuid', [id]);
  return row
    ? {
        id: row.id,
        widgetId: row.widget_id,
        customerId: row.customer_id,
        email: row.email,
        connectedUntil: row.connected_until?.getTime() ?? null,
      }
    : null;
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

/** A server hears these visitors until then. Answers those of them who left an address: for others nothing is kept. */
export async function renewVisitors(
  db: Database,
  visitorIds: readonly string[],
  until: number,
): Promise<string[]> {
  const rows = await db.query<{ id: string }>(
    `update visitors set connected_until = $2::timestamptz
     where id = any($1::uuid[]) and email is not null returning id`,
    [[...visitorIds], new Date(until)],
  );
  return rows.map(({ id }) => id);
}

/** The server that heard them does so no longer; their conversation's timer with that prefix is due then, if it were due later. */
export async function shortenVisitors(
  db: Database,
  visitorIds: readonly string[],
  until: number,
  timerPrefix: string,
): Promise<void> {
  await db.query(
    `with left_now as (
       update visitors set connected_until = least(connected_until, $2::timestamptz) where id = any($1::uuid[]) returning id)
     update timers set due_at = $2::timestamptz from conversations c
     where c.visitor_id in (select id from left_now) and timers.key = $3::text || c.id
       and timers.due_at > $2::timestamptz and timers.locked_until is null`,
    [[...visitorIds], new Date(until), timerPrefix],
  );
}
