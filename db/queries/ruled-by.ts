import type { Database } from '../client';

/** Ids of the rules that held in the present stretch with the bot. */
export async function readRuledBy(db: Database, conversationId: string): Promise<string[]> {
  const rows = await db.query<{ id: string }>(
    `select distinct jsonb_array_elements_text(payload->'rules') as id from events
     where conversation_id = $1::uuid and kind in ('turn.judged', 'handoff.offered') and payload ? 'rules'
       and seq > coalesce((select max(seq) from events where conversation_id = $1::uuid
         and kind in ('conversation.reopened', 'handoff.returned', 'handoff.resolved')), 0)`,
    [conversationId],
  );
  return rows.map(({ id }) => id);
}
