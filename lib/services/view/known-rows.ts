import type { WaitingRow } from '@/db/queries/queue';
import type { Standing, ViewRow } from '@/db/queries/views';
import { visitorLabel } from '@/lib/domain/visitor-label';
import type { QueueRow } from '@/lib/protocol';
import type { Context } from '../context';
import { slaViews } from '../sla/views';

/** A row of a list as of that version of its conversation. */
export interface KnownRow {
  conversationId: string;
  version: number;
  visitorId: string;
  shown: QueueRow;
  /** For the order of service; null where it does not wait. */
  waiting: WaitingRow | null;
  resolvedAt: number | null;
}

/**
 * What is known of a list by its conversations, from when it was read before. It is read again at each change of one that
 * stands in it: only those that moved since are read whole and made anew, so that an event does not cost fifty rows.
 */
export type KnownRows = ReadonlyMap<string, KnownRow>;

export const KNOWN_NONE: KnownRows = new Map();

/** Those who stand there, in their order: what came along, and else what was known. */
export function rowsOf(
  ctx: Context,
  standing: readonly Standing[],
  known: KnownRows = KNOWN_NONE,
): Map<string, KnownRow> {
  const rows = new Map<string, KnownRow>();
  for (const { conversationId, customerName, row: read } of standing) {
    const row = read === null ? known.get(conversationId) : knownRow(read);
    if (row === undefined)
      throw new Error(`Conversation ${conversationId} came without its row and was not known`);
    rows.set(conversationId, named(ctx, row, customerName));
  }
  return rows;
}

/** Names move by themselves. */
function named(ctx: Context, row: KnownRow, customerName: string | null): KnownRow {
  const { shown, visitorId } = row;
  const name = customerName ?? visitorLabel(visitorId);
  const agentName = shown.agentId === null ? null : (ctx.directory.agent(shown.agentId)?.name ?? null);
  if (name === shown.name && agentName === shown.agentName) return row;
  return { ...row, shown: { ...shown, name, agentName } };
}

function knownRow(row: ViewRow): KnownRow {
  const { conversationId, version, visitorId, resolvedAt } = row;
  return { conversationId, version, visitorId, resolvedAt, shown: queueRow(row), waiting: waitingRow(row) };
}

function queueRow(row: ViewRow): QueueRow {
  return {
    conversationId: row.conversationId,
    handoffId: row.handoffId,
    name: '',
    state: row.state,
    priority: row.priority,
    score: row.score,
    reason: row.reason,
    trigger: row.trigger,
    confidence: row.confidence,
    mood: row.mood,
    topic: row.topic,
    teamId: row.teamId,
    agentId: row.agentId,
    agentName: null,
    preview: row.preview,
    previewBy: row.previewBy,
    unread: row.unread,
    waitingSince: row.state === 'pending' ? row.queuedAt : null,
    startedAt: row.startedAt,
    lastMessageAt: row.lastMessageAt,
    isCallback: row.isCallback,
    sla: row.sla === null ? [] : slaViews(row.sla),
    movedUp: null,
  };
}

function waitingRow(row: ViewRow): WaitingRow | null {
  const { handoffId: id, queuedAt, conversationId, visitorId, isRinging, score, priority } = row;
  if (row.state !== 'pending' || id === null || queuedAt === null) return null;
  const { responseDueAt: dueAt, responseTargetMs: targetMs } = row;
  return { id, conversationId, visitorId, isRinging, score, priority, queuedAt, dueAt, targetMs };
}
