import { z } from 'zod';
import type { WaitingRow } from '@/db/queries/queue';
import { countPending, isViewKind, readResolved, readView, readWaitingStanding } from '@/db/queries/views';
import type { AgentActor } from '@/lib/domain/actor';
import { visitorLabel } from '@/lib/domain/visitor-label';
import { type LiveViewKey, type QueueRow, type ResolvedPage, TEAM_LISTS, VIEW_WINDOW } from '@/lib/protocol';
import { authorise } from '../authorise';
import type { Context } from '../context';
import { AppError, notFound } from '../errors';
import { id, instant } from '../message/inputs';
import { inOrder, LOOKS_AT } from '../queue/order';
import { type Quoted, quote } from '../queue/quote';
import type { NamedRow } from './known-rows';

/** A talk with the bot counts as live while somebody wrote within this time. */
const LIVE_WINDOW_MS = 12 * 60 * 60_000;

export const viewInput = z.strictObject({
  key: z.union([z.literal('live'), z.templateLiteral([z.enum([...TEAM_LISTS, 'mine']), ':', z.uuid()])]),
});
export const resolvedInput = z.strictObject({
  before: z.strictObject({ at: instant, id }).nullable(),
});

/** Refuses a view that is not theirs: another team's queue, another agent's list. */
export function authoriseView(actor: AgentActor, key: LiveViewKey): void {
  const teamIds = authorise(actor, 'view.read');
  const [kind, scope = ''] = key.split(':');
  if (kind === 'live' || teamIds === null) return;
  if (kind === 'mine' ? scope !== actor.id : !teamIds.includes(scope)) throw notFound('view');
}

/** The rows of a view; of a queue also all who are in line, as they are told it. For whoever keeps it live. */
export async function readLiveView(
  ctx: Context,
  key: LiveViewKey,
): Promise<{ rows: QueueRow[]; line: Quoted[]; total: number }> {
  const [kind, scope = ''] = key.split(':');
  if (kind === 'pending') return readPending(ctx, scope);
  if (!isViewKind(kind)) throw new AppError('invalid', 'There is no such view.');
  const by = kind === 'live' ? new Date(ctx.now() - LIVE_WINDOW_MS) : scope;
  const { standing, total } = await readView(ctx.db, kind, by, VIEW_WINDOW);
  return { rows: (await ctx.rows.of(standing)).map((row) => queueRow(ctx, row)), line: [], total };
}

async function readPending(ctx: Context, teamId: string) {
  const standing = await readWaitingStanding(ctx.db, teamId, LOOKS_AT);
  const rows = new Map<string, NamedRow>();
  const waiting: WaitingRow[] = [];
  for (const row of await ctx.rows.of(standing)) {
    const handoff = waitingRow(row);
    if (handoff === null) continue;
    waiting.push(handoff);
    rows.set(row.conversationId, row);
  }
  const order = await inOrder(ctx, waiting, [teamId]);
  const line = await quote(ctx, teamId, order);
  return {
    rows: order.slice(0, VIEW_WINDOW).flatMap(({ handoff, movedUp }) => {
      const row = rows.get(handoff.conversationId);
      return row ? [{ ...queueRow(ctx, row), movedUp }] : [];
    }),
    line,
    total: standing.length < LOOKS_AT ? order.length : await countPending(ctx.db, teamId),
  };
}

/** Null where it has left the line since the line was read. */
function waitingRow(row: NamedRow): WaitingRow | null {
  const { handoffId, queuedAt, conversationId, visitorId, isRinging, score, priority } = row;
  if (row.state !== 'pending' || handoffId === null || queuedAt === null) return null;
  const { responseDueAt: dueAt, responseTargetMs: targetMs } = row;
  return { id: handoffId, conversationId, visitorId, isRinging, score, priority, queuedAt, dueAt, targetMs };
}

export async function readResolvedPage(
  ctx: Context,
  actor: AgentActor,
  raw: z.input<typeof resolvedInput>,
): Promise<ResolvedPage> {
  const teamIds = authorise(actor, 'view.read');
  const { before } = resolvedInput.parse(raw);
  const page = await ctx.rows.of(await readResolved(ctx.db, teamIds, before, VIEW_WINDOW + 1));
  const shown = page.slice(0, VIEW_WINDOW);
  const last = shown.at(-1);
  return {
    rows: shown.map((row) => queueRow(ctx, row)),
    next:
      page.length > VIEW_WINDOW && last && last.resolvedAt !== null
        ? { at: last.resolvedAt, id: last.conversationId }
        : null,
  };
}

function queueRow(ctx: Context, row: NamedRow): QueueRow {
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
    teamId: row.teamId,
    agentId: row.agentId,
    agentName: row.agentId === null ? null : (ctx.directory.agent(row.agentId)?.name ?? null),
    preview: row.preview,
    previewBy: row.previewBy,
    unread: row.unread,
    waitingSince: row.state === 'pending' ? row.queuedAt : null,
    startedAt: row.startedAt,
    lastMessageAt: row.lastMessageAt,
    sla: row.clocks,
    movedUp: null,
  };
}
