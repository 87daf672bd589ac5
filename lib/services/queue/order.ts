import { readWaiting, type WaitingRow } from '@/db/queries/queue';
import {
  type NextInLine,
  type OrderSettings,
  type PullMoment,
  serviceOrder,
} from '@/lib/domain/order-of-service';
import type { Context } from '../context';

/** The order looks no further than this into a queue; whoever waits beyond is behind hundreds of their own priority. */
export const LOOKS_AT = 500;

export interface Placed {
  handoff: WaitingRow;
  /** Why it stands before others of a higher priority, or who waited longer; null where it stands in its turn. */
  movedUp: NextInLine['why'] | null;
}

/**
 * The line of these teams (null: of all) in the order of service: what agents see, what "claim next" takes, what customers
 * are told. By other settings than those that hold it is what they would mean, with `coming` what it would be with them.
 */
export async function readOrder(
  ctx: Context,
  teamIds: readonly string[] | null,
  settings: OrderSettings = ctx.settings.queue(),
  coming: readonly WaitingRow[] = [],
): Promise<Placed[]> {
  const waiting = [...(await readWaiting(ctx.db, teamIds, LOOKS_AT)), ...coming];
  return inOrder(ctx, waiting, teamIds ?? ctx.directory.teams().map(({ id }) => id), settings);
}

/** Those who wait for these teams, in the order of service. */
export async function inOrder(
  ctx: Context,
  waiting: readonly WaitingRow[],
  teamIds: readonly string[],
  settings: OrderSettings = ctx.settings.queue(),
): Promise<Placed[]> {
  const byId = new Map(waiting.map((handoff) => [handoff.id, handoff]));
  return serviceOrder(waiting, await pullMoment(ctx, teamIds, settings)).flatMap(({ id, movedUp }) => {
    const handoff = byId.get(id);
    return handoff ? [{ handoff, movedUp: movedUp?.why ?? null }] : [];
  });
}

/** How a team's line stands now, for who is next in it. */
export async function pullMoment(
  ctx: Context,
  teamIds: readonly string[],
  settings: OrderSettings = ctx.settings.queue(),
): Promise<PullMoment> {
  const now = ctx.now();
  return {
    now,
    pulls: ctx.flow.pulls(teamIds),
    settings,
    ...(await ctx.flow.rates(teamIds, now)),
  };
}
