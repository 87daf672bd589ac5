import { insertForecasts, type ToldForecast } from '@/db/queries/wait-forecasts';
import { isOpen } from '@/lib/domain/business-hours';
import { type ShownWait, shownWait } from '@/lib/domain/shown-wait';
import { clockState } from '@/lib/domain/sla-ledger';
import { forecastLine, type WaitForecast } from '@/lib/domain/wait-forecast';
import type { Context } from '../context';
import { beginSla } from '../sla/begin';
import { type Placed, readOrder } from './order';
import { type TeamSlots, teamSlots } from './team-slots';

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
  const there = order.length === 0 ? null : await teamSlots(ctx, teamId);
  const told = new Map<string, ToldForecast & { wait: ShownWait }>();
  const now = ctx.now();
  for (const [handoffId, forecast] of await forecasts(ctx, teamId, order, there, now)) {
    const wait = tellable(ctx, teamId, forecast, now);
    if (wait === null) continue;
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

export interface Prospect {
  /** How many would be served before. */
  ahead: number;
  /** Null where nothing can be said. */
  wait: ShownWait | null;
}

/** What somebody of ordinary priority would be told if they came into this line now. Nothing of it is kept. */
export async function quoteNewcomer(
  ctx: Context,
  teamId: string,
  there: TeamSlots | null,
): Promise<Prospect> {
  const now = ctx.now();
  const { sla } = beginSla(ctx, '', teamId, 3);
  const terms = clockState(sla, 'first_response')?.terms;
  const newcomer = {
    id: NEWCOMER,
    conversationId: '',
    visitorId: '',
    isRinging: false,
    priority: 3,
    queuedAt: now,
    dueAt: terms?.dueAt ?? null,
    targetMs: terms?.targetMs ?? 0,
  } as const;
  const order = await readOrder(ctx, [teamId], ctx.settings.queue(), [newcomer]);
  const forecast = (await forecasts(ctx, teamId, order, there, now)).get(NEWCOMER);
  return {
    ahead: order.findIndex(({ handoff }) => handoff.id === NEWCOMER),
    wait: forecast ? tellable(ctx, teamId, forecast, now) : null,
  };
}

/** Behind everybody of the same deadline. */
const NEWCOMER = '~';

/** Null where it would say nothing, and where the team closes before. */
function tellable(
  ctx: Context,
  teamId: string,
  { estimate: { lowMs, highMs } }: WaitForecast,
  now: number,
): ShownWait | null {
  return isOpen(calendarOf(ctx, teamId), now + highMs) ? shownWait(lowMs, highMs) : null;
}

async function forecasts(
  ctx: Context,
  teamId: string,
  order: readonly Placed[],
  there: TeamSlots | null,
  now: number,
): Promise<Map<string, WaitForecast>> {
  if (there === null || order.length === 0 || !isOpen(calendarOf(ctx, teamId), now)) return new Map();

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
