import type { WaitingRow } from '@/db/queries/queue';
import type { Standing, ViewRow } from '@/db/queries/views';
import { visitorLabel } from '@/lib/domain/visitor-label';
import type { QueueRow } from '@/lib/protocol';
import type { Context } from '../context';
import { slaViews } from '../sla/views';

/** A row of a list. */
export interface KnownRow {
  conversationId: string;
  shown: QueueRow;
  /** For the order of service; null where it does not wait. */
  waiting: WaitingRow | null;
  resolvedAt: number | null;
}

/**
 * What is known of a list by its conversations, from when it was read before. It is read again at each change of one that
 * stands in it: only those that changed since, which whoever keeps it takes out, are looked up and made anew, so that an
 * event does not cost fifty rows.
 */
export type KnownRows = ReadonlyMap<string, KnownRow>;

export const KNOWN_NONE: KnownRows = new Map();

/** What is still known after these conversations changed. */
export function knownWithout(known: KnownRows, changed: ReadonlySet<string>): KnownRows {
  if (changed.size === 0) return known;
  const kept = new Map(known);
  for (const conversationId of changed) kept.delete(conversationId);
  return kept;
}

/** Those who stand there, in their order: what came along, and else what was known. */
export function rowsOf(
  ctx: Context,
  standing: readonly Standing[],
  known: KnownRows = KNOWN_NONE,
): Map<string, KnownRow> {
  const rows = new Map<string, KnownRow>();
  for (const { conversationId, row: read } of standing) {
    const row = read === null ? known.get(conversationId) : knownRow(ctx, read);
    if (row === undefined)
      throw new Error(`Conversation ${conversationId} came without its row and was not known`);
    rows.set(conversationId, named(ctx, row));
  }
  return rows;
}

/** The names of agents move by themselves. */
function named(ctx: Context, row: KnownRow): KnownRow {
  const { agentId } = row.shown;
  const agentName = agentId === null ? null : (ctx.directory.agent(agentId)?.name ?? null);
  return agentName === row.shown.agentName ? row : { ...row, shown: { ...row.shown, agentName } };
}

function knownRow(ctx: Context, row: ViewRow): KnownRow {
  const { conversationId, resolvedAt } = row;
  return { conversationId, resolvedAt, shown: queueRow(ctx, row), waiting: waitingRow(row) };
}

function queueRow(ctx: Context, row: ViewRow): QueueRow {
  const currency = ctx.directory.widget(row.widgetId)?.currency;
  return {
    conversationId: row.conversationId,
    handoffId: row.handoffId,
    name: row.customerName ?? visitorLabel(row.visitorId),
    state: row.state,
    priority: row.priority,
    score: row.score,
    reason: row.reason,
    trigger: row.trigger,
    confidence: row.confidence,
    mood: row.mood,
    topic: row.topic,
    lifetimeValue:
      row.lifetimeValue === null || currency === undefined ? null : { amount: row.lifetimeValue, currency },
    labels: row.labels,
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
