import type { LoggedActor } from '@/lib/domain/actor';
import type { Database } from '../client';

interface Row {
  chain: string;
  seq: number;
  kind: string;
  actor: LoggedActor;
  payload: Record<string, unknown>;
  at: Date;
  hash: Buffer;
}

/** Newest first, by the index over time. */
export async function recentEvents(db: Database, kind: string | null, limit: number): Promise<Row[]> {
  return db.query<Row>(
    `select e.conversation_id as chain, e.seq, e.kind, e.actor, e.payload, e.at, e.hash
     from events e where ($1::text is null or e.kind = $1::text) order by e.at desc, e.conversation_id, e.seq desc limit $2::int`,
    [kind, limit],
  );
}

export async function recentStreamEvents(db: Database, kind: string | null, limit: number): Promise<Row[]> {
  return db.query<Row>(
    `select stream as chain, seq::int as seq, kind, actor, payload, at, hash from stream_events
     where ($1::text is null or kind = $1::text) order by seq desc limit $2::int`,
    [kind, limit],
  );
}
