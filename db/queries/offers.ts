import type { Database } from '../client';

/** Ids of the articles that the newest offer of a handoff named. */
export async function readAlternatives(
  db: Database,
  conversationId: string,
  handoffId: string,
): Promise<string[]> {
  const [row] = await db.query<{ alternatives: string[] | null }>(
    `select payload->'alternatives' as alternatives from events
     where conversation_id = $1::uuid and kind = 'handoff.offered' and payload->>'handoffId' = $2::text
     order by seq desc limit 1`,
    [conversationId, handoffId],
  );
  return row?.alternatives ?? [];
}
