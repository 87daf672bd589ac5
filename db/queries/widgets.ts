import type { Database } from '../client';

/** Keeps the first site on which the widget was opened; false when one is known already. */
export async function setSeenOn(
  db: Database,
  widgetId: string,
  origin: string,
  at: number,
): Promise<boolean> {
  const rows = await db.query(
    `update widgets set seen_on = $2::text, seen_on_at = $3::timestamptz
     where id = $1::uuid and seen_on is null and $2::text = any(allowed_origins) returning id`,
    [widgetId, origin, new Date(at)],
  );
  return rows.length === 1;
}
