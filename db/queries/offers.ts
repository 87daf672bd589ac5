import type { AskedTime } from '@/lib/domain/asked-time';
import type { Signal } from '@/lib/domain/signal';
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

/** When the customer asked to be called, as the newest offer of a handoff has it; null where they did not. */
export async function readAskedTime(
  db: Database,
  conversationId: string,
  handoffId: string,
): Promise<{ asked: AskedTime; at: number } | null> {
  const [row] = await db.query<{ asked: AskedTime | null; at: Date }>(
    `select payload->'asked' as asked, at from events
     where conversation_id = $1::uuid and kind = 'handoff.offered' and payload->>'handoffId' = $2::text
     order by seq desc limit 1`,
    [conversationId, handoffId],
  );
  return row?.asked ? { asked: row.asked, at: row.at.getTime() } : null;
}

/** What was measured of a customer who was approached, as an offer of the handoff has it. */
export async function readApproachSignals(
  db: Database,
  conversationId: string,
  handoffId: string,
): Promise<Signal[]> {
  const [row] = await db.query<{ signals: Signal[] }>(
    `select payload->'signals' as signals from events
     where conversation_id = $1::uuid and kind = 'handoff.offered' and payload->>'handoffId' = $2::text
       and payload ? 'signals' order by seq desc limit 1`,
    [conversationId, handoffId],
  );
  return row?.signals ?? [];
}
