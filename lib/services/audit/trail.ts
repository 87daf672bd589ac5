import { findConversation, readEvents } from '@/db/queries/conversations';
import { findCustomer } from '@/db/queries/customers';
import { recentEvents, recentStreamEvents } from '@/db/queries/trail';
import type { AgentActor, LoggedActor } from '@/lib/domain/actor';
import { visitorLabel } from '@/lib/domain/visitor-label';
import { authorise } from '../authorise';
import type { Context } from '../context';
import { notFound } from '../errors';

const PAGE = 200;

export interface TrailEntry {
  chain: string;
  seq: number;
  kind: string;
  actor: LoggedActor;
  payload: Record<string, unknown>;
  at: number;
  hash: string;
}

/** Everything that happened to one conversation, from its first event on. */
export async function conversationTrail(
  ctx: Context,
  actor: AgentActor,
  conversationId: string,
  after: number,
): Promise<{ name: string; entries: Omit<TrailEntry, 'hash' | 'chain'>[]; more: boolean }> {
  authorise(actor, 'audit.read');
  const loaded = await findConversation(ctx.db, conversationId);
  if (loaded === null) throw notFound('conversation');
  const customer = loaded.head.customerId ? await findCustomer(ctx.db, loaded.head.customerId) : null;
  const log = await readEvents(ctx.db, conversationId, { after }, PAGE);
  return {
    name: customer?.name ?? visitorLabel(loaded.head.visitorId),
    entries: log.events.map(({ event, seq, actor: by, at }) => ({
      seq,
      kind: event.kind,
      actor: by,
      payload: event.payload,
      at,
    })),
    more: log.more,
  };
}

/** The newest of the whole log: what admins changed, or what happened to conversations, optionally of one kind. */
export async function recentTrail(
  ctx: Context,
  actor: AgentActor,
  filter: { of: 'conversations' | 'settings'; kind: string | null },
): Promise<TrailEntry[]> {
  authorise(actor, 'audit.read');
  const rows =
    filter.of === 'settings'
      ? await recentStreamEvents(ctx.db, filter.kind, PAGE)
      : await recentEvents(ctx.db, filter.kind, PAGE);
  return rows.map((row) => ({ ...row, at: row.at.getTime(), hash: row.hash.toString('hex').slice(0, 12) }));
}
