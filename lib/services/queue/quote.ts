import { readTeamSlots } from '@/db/queries/queue';
import { insertForecasts, type ToldForecast } from '@/db/queries/wait-forecasts';
import { isOpen } from '@/lib/domain/business-hours';
import { awayBefore } from '@/lib/domain/presence';
import { type ShownWait, shownWait } from '@/lib/domain/shown-wait';
import { forecastLine, type WaitForecast } from '@/lib/domain/wait-forecast';
import type { Context } from '../context';
import { type Placed, readOrder } from './order';

const MINUTE = 60_000;

/** Somebody in line, in their place, and what they are told of their wait; null where nothing can be said. */
export interface Quoted {
  handoffId: string;
  visitorId: string;
  wait: ShownWait | null;
}

/** A team's line as its customers are told it. */
export async function readQuotedLine(ctx: Context, teamId: string): Promise<Quoted[]> {
  return quote(ctx, teamId, await readOrder(ctx, [teamId]));
}

/**
 * What everybody in this line is told, at the cost of two small reads for all of them together. Nothing is said while
 * nobody of the team is there, when it closes before, or when too little was seen. What somebody is told first is kept.
 */
export async function quote(ctx: Context, teamId: string, order: readonly Placed[]): Promise<Quoted[]> {
  const told = new Map<string, ToldForecast & { wait: ShownWait }>();
  const now = ctx.now();
  for (const [handoffId, forecast] of await forecasts(ctx, teamId, order, now)) {
    const wait = shownWait(forecast.estimate.lowMs, forecast.estimate.highMs);
    if (wait === null || !isOpen(calendarOf(ctx, teamId), now + forecast.estimate.highMs)) continue;
    const [shownLowMs, shownHighMs] = [wait.lowMinutes * MINUTE, wait.highMinutes * MINUTE];
    told.set(handoffId, { ...forecast, handoffId, shownLowMs, shownHighMs, wait });
  }
  await keepFirst(ctx, teamId, [...told.values()], now);
  return order.map(({ handoff: { id, visitorId } }) => ({
    handoffId: id,
    visitorId,
    wait: told.get(id)?.wait ?? null,
  }));
}

async function forecasts(
  ctx: Context,
  teamId: string,
  order: readonly Placed[],
  now: number,
): Promise<Map<string, WaitForecast>> {
  if (order.length === 0 || !isOpen(calendarOf(ctx, teamId), now)) return new Map();
  const [there] = await readTeamSlots(
    ctx.db,
    [teamId],
    now,
    awayBefore(now, ctx.settings.queue().awayAfterMs),
  );
  if (there === undefined) return new Map();
  const waits = await ctx.flow.waits(teamId, there.slots, now);
  if (waits === null) return new Map();
  const line = order.map(({ handoff }) => handoff);
  const ringing = line.filter(({ isRinging }) => isRinging).length;
  return forecastLine(line, {
    ...waits,
    now,
    freeSlots: there.free + ringing,
    settings: ctx.settings.queue(),
  });
}

async function keepFirst(
  ctx: Context,
  teamId: string,
  told: readonly ToldForecast[],
  now: number,
): Promise<void> {
  const first = told.filter(({ handoffId }) => !ctx.flow.hasTold(teamId, handoffId));
  if (first.length > 0) await insertForecasts(ctx.db, teamId, first, now);
  ctx.flow.told(
    teamId,
    told.map(({ handoffId }) => handoffId),
  );
}

const calendarOf = (ctx: Context, teamId: string) => ctx.settings.hours(teamId).calendar;
