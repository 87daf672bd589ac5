import type { Database } from '../client';

/** Words of a visitor to which the bot had no answer. */
export interface UnansweredRow {
  conversationId: string;
  text: string;
  at: number;
}

/** The newest since an instant that the bot was not sure of, or found nothing for. */
export async function readUnanswered(db: Database, since: number, limit: number): Promise<UnansweredRow[]> {
  const rows = await db.query<{ conversation_id: string; body: string; at: Date }>(
    `select e.conversation_id, m.body, e.at from events e
     join messages m on m.conversation_id = e.conversation_id and m.id = (e.payload->>'messageId')::uuid
     where e.kind = 'turn.judged' and e.at >= $1::timestamptz
       and e.payload->>'offer' in ('low_confidence', 'out_of_scope')
     order by e.at desc, e.conversation_id limit $2::int`,
    [new Date(since), limit],
  );
  return rows.map((row) => ({ conversationId: row.conversation_id, text: row.body, at: row.at.getTime() }));
}
