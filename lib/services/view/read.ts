import { z } from 'zod';
import { countPending, isViewKind, readLine, readResolved, readView } from '@/db/queries/views';
import type { AgentActor } from '@/lib/domain/actor';
import { type LiveViewKey, type QueueRow, type ResolvedPage, TEAM_LISTS, VIEW_WINDOW } from '@/lib/protocol';
import { authorise } from '../authorise';
import type { Context } from '../context';
import { AppError, notFound } from '../errors';
import { id, instant } from '../message/inputs';
import { inOrder, LOOKS_AT, type Placed } from '../queue/order';
import { KNOWN_NONE, type KnownRows, rowsOf } from './known-rows';

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

export interface LiveRows {
  rows: QueueRow[];
  /** Of a queue: all who are in line. */
  order: Placed[];
  total: number;
  /** For the next reading of the same view. */
  known: KnownRows;
}

/** The rows of a view, for whoever keeps it live: with what they know of it from when they read it before. */
export async function readLiveView(
  ctx: Context,
  key: LiveViewKey,
  known: KnownRows = KNOWN_NONE,
): Promise<LiveRows> {
  const [kind, scope = ''] = key.split(':');
  if (kind === 'pending') return readPending(ctx, scope, known);
  if (!isViewKind(kind)) throw new AppError('invalid', 'There is no such view.');
  const by = kind === 'live' ? new Date(ctx.now() - LIVE_WINDOW_MS) : scope;
  const { standing, total } = await readView(ctx.db, kind, by, known, VIEW_WINDOW);
  const rows = rowsOf(ctx, standing, known);
  return { rows: Array.from(rows.values(), ({ shown }) => shown), order: [], total, known: rows };
}

async function readPending(ctx: Context, teamId: string, known: KnownRows): Promise<LiveRows> {
  const rows = rowsOf(ctx, await readLine(ctx.db, teamId, known, LOOKS_AT), known);
  const waiting = Array.from(rows.values(), (row) => row.waiting).filter((row) => row !== null);
  const order = await inOrder(ctx, waiting, [teamId]);
  return {
    rows: order.slice(0, VIEW_WINDOW).flatMap(({ handoff, movedUp }) => {
      const shown = rows.get(handoff.conversationId)?.shown;
      if (!shown) return [];
      return movedUp === null ? [shown] : [{ ...shown, movedUp }];
    }),
    order,
    total: rows.size < LOOKS_AT ? rows.size : await countPending(ctx.db, teamId),
    known: rows,
  };
}

export async function readResolvedPage(
  ctx: Context,
  actor: AgentActor,
  raw: z.input<typeof resolvedInput>,
): Promise<ResolvedPage> {
  const teamIds = authorise(actor, 'view.read');
  const { before } = resolvedInput.parse(raw);
  const standing = await readResolved(ctx.db, teamIds, before, VIEW_WINDOW + 1);
  const page = [...rowsOf(ctx, standing).values()];
  const shown = page.slice(0, VIEW_WINDOW);
  const last = shown.at(-1);
  return {
    rows: shown.map((row) => row.shown),
    next:
      page.length > VIEW_WINDOW && last && last.resolvedAt !== null
        ? { at: last.resolvedAt, id: last.conversationId }
        : null,
  };
}
