import type { LoggedActor } from '@/lib/domain/actor';
import type { Database } from '../client';

export interface ChainEvent {
  chain: string;
  seq: number;
  kind: string;
  actor: LoggedActor;
  payload: Record<string, unknown>;
  at: number;
  hash: Buffer;
}

interface Columns {
  chain: string;
  seq: number;
  kind: string;
  actor: LoggedActor;
  payload: Record<string, unknown>;
  at: Date;
  hash: Buffer;
}

const START = '00000000-0000-0000-0000-000000000000';

/** The next stretch of the conversations' logs, in chain order, after the given place. */
export async function readChains(
  db: Database,
  after: { chain: string; seq: number } | null,
  limit: number,
): Promise<ChainEvent[]> {
  const rows = await db.query<Columns>(
    `select conversation_id as chain, seq, kind, actor, payload, at, hash from events
     where (conversation_id, seq) > ($1::uuid, $2::int) order by conversation_id, seq limit $3::int`,
    [after?.chain ?? START, after?.seq ?? 0, limit],
  );
  return rows.map((row) => ({ ...row, at: row.at.getTime() }));
}

export async function readStreamEvents(db: Database): Promise<ChainEvent[]> {
  const rows = await db.query<Columns>(
    'select stream as chain, seq::int as seq, kind, actor, payload, at, hash from stream_events order by stream, seq',
  );
  return rows.map((row) => ({ ...row, at: row.at.getTime() }));
}

export interface ChainHead {
  chain: string;
  seq: number;
  hash: Buffer | null;
}

export async function readConversationHeads(
  db: Database,
  after: string | null,
  limit: number,
): Promise<ChainHead[]> {
  return db.query<ChainHead>(
    `select id as chain, seq, chain[cardinality(chain)] as hash from conversations where id > $1::uuid order by id limit $2::int`,
    [after ?? START, limit],
  );
}

export async function readStreamHeads(db: Database): Promise<ChainHead[]> {
  return db.query<ChainHead>(
    'select name as chain, seq::int as seq, chain[cardinality(chain)] as hash from streams order by name',
  );
}

export interface BodyRow {
  id: string;
  conversationId: string;
  seq: number;
  body: string;
  logged: string | null;
}

/** Each message beside the hash that its event keeps. */
export async function readBodies(db: Database, after: string | null, limit: number): Promise<BodyRow[]> {
  const rows = await db.query<{
    id: string;
    conversation_id: string;
    seq: number;
    body: string;
    logged: string | null;
  }>(
    `select m.id, m.conversation_id, m.seq, m.body, e.payload->>'bodyHash' as logged from messages m
     left join events e on e.conversation_id = m.conversation_id and e.seq = m.seq and e.payload->>'messageId' = m.id::text
     where m.id > $1::uuid order by m.id limit $2::int`,
    [after ?? START, limit],
  );
  return rows.map((row) => ({
    id: row.id,
    conversationId: row.conversation_id,
    seq: row.seq,
    body: row.body,
    logged: row.logged,
  }));
}

export interface Checkpoint {
  id: string;
  at: number;
  conversations: number;
  events: number;
  heads: Buffer;
  signature: Buffer;
}

export async function readCheckpoints(db: Database): Promise<Checkpoint[]> {
  const rows = await db.query<{
    id: string;
    at: Date;
    conversations: string;
    events: string;
    heads: Buffer;
    signature: Buffer;
  }>('select id, at, conversations, events, heads, signature from checkpoints order by at, id');
  return rows.map((row) => ({
    ...row,
    at: row.at.getTime(),
    conversations: Number(row.conversations),
    events: Number(row.events),
  }));
}

/**
 * What a checkpoint signs, in one snapshot: how many conversations and events, and one hash over every head in order.
 * Only what was there at the instant counts, so that later growth leaves it true.
 */
export async function summariseHeads(
  db: Database,
  at: number,
): Promise<{ conversations: number; events: number; heads: Buffer }> {
  const [row] = await db.query<{ conversations: string; events: string; heads: Buffer | null }>(
    `with last as (
       select distinct on (conversation_id) conversation_id, seq, hash from events where at <= $1::timestamptz
       order by conversation_id, seq desc
     )
     select count(*) as conversations, coalesce(sum(seq), 0) as events,
       sha256(coalesce(string_agg(uuid_send(conversation_id) || int4send(seq) || hash, ''::bytea order by conversation_id), ''::bytea)) as heads
     from last`,
    [new Date(at)],
  );
  return {
    conversations: Number(row?.conversations ?? 0),
    events: Number(row?.events ?? 0),
    heads: row?.heads ?? Buffer.alloc(0),
  };
}

export async function insertCheckpoint(db: Database, checkpoint: Checkpoint): Promise<void> {
  await db.query(
    `insert into checkpoints (id, at, conversations, events, heads, signature)
     values ($1::uuid, $2::timestamptz, $3::bigint, $4::bigint, $5::bytea, $6::bytea)`,
    [
      checkpoint.id,
      new Date(checkpoint.at),
      checkpoint.conversations,
      checkpoint.events,
      checkpoint.heads,
      checkpoint.signature,
    ],
  );
}
