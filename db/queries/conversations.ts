import type { LoggedActor } from '@/lib/domain/actor';
import type { ConversationEvent, MessageAuthor, MessageKind } from '@/lib/domain/conversation';
import type { Visit } from '@/lib/domain/engagement';
import type { Source } from '@/lib/domain/judgement';
import type { Database } from '../client';
import {
  type HandoffColumns,
  type HandoffRow,
  HEAD_COLUMNS,
  type Head,
  type HeadColumns,
  handoffOf,
  headOf,
  type MovedHandoff,
} from './conversation-rows';

export interface LoadedConversation {
  head: Head;
  handoff: HandoffRow | null;
}

const SELECT_HEAD = `select ${HEAD_COLUMNS}, (select to_jsonb(h) from handoffs h where h.id = head.handoff_id) as handoff from conversations head`;

export async function findConversation(db: Database, id: string): Promise<LoadedConversation | null> {
  const [row] = await db.query<HeadColumns & { handoff: HandoffColumns | null }>(
    `${SELECT_HEAD} where head.id = $1::uuid`,
    [id],
  );
  return row ? { head: headOf(row), handoff: row.handoff ? handoffOf(row.handoff) : null } : null;
}

export async function findConversationOfVisitor(
  db: Database,
  visitorId: string,
): Promise<{ id: string; customerId: string | null } | null> {
  const [row] = await db.query<{ id: string; customer_id: string | null }>(
    'select id, customer_id from conversations where visitor_id = $1::uuid',
    [visitorId],
  );
  return row ? { id: row.id, customerId: row.customer_id } : null;
}

export interface MessageRow {
  id: string;
  seq: number;
  author: MessageAuthor;
  authorId: string | null;
  authorName: string | null;
  clientId: string;
  kind: MessageKind;
  body: string;
  sources: Source[];
  at: number;
  page?: string | null;
  visit?: Visit | null;
}

interface MessageColumns {
  id: string;
  seq: number;
  author: MessageAuthor;
  author_id: string | null;
  author_name: string | null;
  client_id: string;
  kind: MessageKind;
  body: string;
  sources: Source[];
  at: Date;
  page: string | null;
  visit: Visit | null;
}

const messageOf = (row: MessageColumns): MessageRow => ({
  id: row.id,
  seq: row.seq,
  author: row.author,
  authorId: row.author_id,
  authorName: row.author_name,
  clientId: row.client_id,
  kind: row.kind,
  body: row.body,
  sources: row.sources,
  at: row.at.getTime(),
  page: row.page,
  visit: row.visit,
});

/** The newest messages, oldest first. */
export async function newestMessages(
  db: Database,
  conversationId: string,
  limit: number,
): Promise<MessageRow[]> {
  const rows = await db.query<MessageColumns>(
    `select id, seq, author, author_id, author_name, client_id, kind, body, sources, at, page, visit from messages
     where conversation_id = $1::uuid order by seq desc limit $2::int`,
    [conversationId, limit],
  );
  return rows.map(messageOf).reverse();
}

/** The message that already carries this client id, with the visitor's number of its event. */
export async function findMessageByClientId(
  db: Database,
  key: { conversationId: string; author: MessageAuthor; authorId: string | null; clientId: string },
): Promise<{ id: string; body: string; seq: number; visibleSeq: number | null; at: number } | null> {
  const [row] = await db.query<{
    id: string;
    body: string;
    seq: number;
    visible_seq: number | null;
    at: Date;
  }>(
    `select m.id, m.body, m.seq, e.visible_seq, m.at from messages m
     join events e on e.conversation_id = m.conversation_id and e.seq = m.seq
     where m.conversation_id = $1::uuid and m.author = $2::text and m.author_id is not distinct from $3::uuid and m.client_id = $4::text`,
    [key.conversationId, key.author, key.authorId, key.clientId],
  );
  return row
    ? { id: row.id, body: row.body, seq: row.seq, visibleSeq: row.visible_seq, at: row.at.getTime() }
    : null;
}

export interface LoggedEvent {
  event: ConversationEvent;
  seq: number;
  visibleSeq: number | null;
  actor: LoggedActor;
  at: number;
  message: MessageRow | null;
  handoff: MovedHandoff | null;
}

interface EventColumns {
  seq: number;
  visible_seq: number | null;
  kind: string;
  actor: LoggedActor;
  payload: unknown;
  at: Date;
  message: (Omit<MessageColumns, 'at'> & { at: string }) | null;
  handoff: HandoffColumns | null;
}

const EVENT_SELECT = `select e.seq, e.visible_seq, e.kind, e.actor, e.payload, e.at,
    case when e.kind in ('message.sent', 'note.added') then (select to_jsonb(m) from messages m where m.conversation_id = e.conversation_id and m.seq = e.seq) end as message,
    case when e.payload ? 'handoffId' then (select to_jsonb(h) from handoffs h where h.id = (e.payload->>'handoffId')::uuid) end as handoff
  from events e where e.conversation_id = $1::uuid`;

/** Row and log agree on the shape of a payload because only `commit` writes it. */
const loggedOf = (row: EventColumns): LoggedEvent => ({
  event: { kind: row.kind, payload: row.payload } as ConversationEvent,
  seq: row.seq,
  visibleSeq: row.visible_seq,
  actor: row.actor,
  at: row.at.getTime(),
  message: row.message ? messageOf({ ...row.message, at: new Date(row.message.at) }) : null,
  handoff: row.handoff ? handoffOf(row.handoff) : null,
});

export type EventRange = { after: number } | { before: number } | { newest: true };

/** A page of the log, oldest first. `visibleOnly` counts and bounds in the visitor's own numbers. */
export async function readEvents(
  db: Database,
  conversationId: string,
  range: EventRange,
  limit: number,
  visibleOnly = false,
): Promise<{ events: LoggedEvent[]; more: boolean }> {
  const column = visibleOnly ? 'e.visible_seq' : 'e.seq';
  const shown = visibleOnly ? ' and e.visible_seq is not null' : '';
  const forward = 'after' in range;
  const bound = forward ? range.after : 'before' in range ? range.before : 2_147_483_647;
  const rows = await db.query<EventColumns>(
    `${EVENT_SELECT}${shown} and ${column} ${forward ? '>' : '<'} $2::int order by ${column} ${forward ? 'asc' : 'desc'} limit $3::int`,
    [conversationId, bound, limit + 1],
  );
  const more = rows.length > limit;
  const page = rows.slice(0, limit).map(loggedOf);
  return { events: forward ? page : page.reverse(), more };
}
