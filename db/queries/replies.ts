import type { Database } from '../client';

export interface UnreadReply {
  seq: number;
  authorName: string | null;
  body: string;
  at: number;
}

/** What agents wrote that the visitor has not read and was not mailed, oldest first, the first `limit` of it. */
export async function readUnreadReplies(
  db: Database,
  conversationId: string,
  limit: number,
): Promise<UnreadReply[]> {
  const rows = await db.query<{ seq: number; author_name: string | null; body: string; at: Date }>(
    `select m.seq, m.author_name, m.body, m.at
     from messages m
     join events e on e.conversation_id = m.conversation_id and e.seq = m.seq
     join conversations c on c.id = m.conversation_id
     where m.conversation_id = $1::uuid and m.author = 'agent' and m.kind = 'text' and e.visible_seq > c.visitor_read_seq
       and m.seq > coalesce((select max((payload->>'upToSeq')::int) from events
         where conversation_id = $1::uuid and kind = 'customer.mailed'), 0)
     order by m.seq limit $2::int`,
    [conversationId, limit],
  );
  return rows.map((row) => ({
    seq: row.seq,
    authorName: row.author_name,
    body: row.body,
    at: row.at.getTime(),
  }));
}
