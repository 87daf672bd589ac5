import type { OrderSettings } from './order-of-service';
import type { QueueRates } from './queue-rates';
import { standings } from './queue-standings';
import { estimateWait, type WaitEstimate } from './wait-estimate';
import { correctionFor, updateCorrection, type WaitCorrections } from './wait-estimate-correction';
import type { WaitingHandoff } from './waiting-handoff';

/** An estimate, and whether a slot was free for them: then they wait for somebody to look, and not for a slot. */
export interface WaitForecast {
  estimate: WaitEstimate;
  isFree: boolean;
  /** The ends of the range before what was learnt. */
  rawLowMs: number;
  rawHighMs: number;
}

/** A forecast for a slot, in turn or beyond the deadline; or for a look, where a slot was free. */
export type ForecastKind = 'turn' | 'parked' | 'look';
/** They were taken, or left by themselves. */
export type ForecastEnd = 'taken' | 'left';

export interface ForecastOutcome extends WaitForecast {
  outcome: ForecastEnd;
  /** From the forecast on. */
  waitedMs: number;
}

/** What was learnt of a team's waits, of those for a slot and of those for a look. */
export interface LearntWaits {
  slot: WaitCorrections;
  look: WaitCorrections;
}

/** All that a team's forecasts depend on besides its line. */
export interface TeamMoment {
  now: number;
  /** With the slots that are open now. */
  rates: QueueRates;
  /** Slots of the team's available agents that nobody has. */
  freeSlots: number;
  /** Mean wait of those who were taken; null while too few were seen. */
  meanWaitMs: number | null;
  learnt: LearntWaits;
  settings: OrderSettings;
}

/** An exponential wait is below this share of its mean in one case of ten, and below the other in nine. */
const [LOW, HIGH] = [-Math.log(0.9), Math.LN10];

/**
 * What everybody in a line may expect, by handoff id; who is left out is told no wait. For as many as there are free
 * slots the formula has nothing to say, since nobody need leave before: they wait as long as customers of this team
 * do, with what was learnt of just these. Everybody else waits for the slots after those.
 */
export function forecastLine(
  inOrder: readonly WaitingHandoff[],
  { now, rates, freeSlots, meanWaitMs, learnt, settings }: TeamMoment,
): Map<string, WaitForecast> {
  const forecasts = new Map<string, WaitForecast>();
  const free = new Set(inOrder.slice(0, freeSlots).map(({ id }) => id));
  for (const standing of standings(inOrder, rates, settings, now)) {
    const { id, priority } = standing.handoff;
    const isFree = free.has(id);
    const later = { ...standing, ahead: Math.max(0, standing.ahead - free.size) };
    const estimate = isFree
      ? lookWait(priority, meanWaitMs, learnt.look)
      : estimateWait(later, rates, settings, learnt.slot, now);
    if (!estimate) continue;
    const { low, high } = correctionFor(learnt[isFree ? 'look' : 'slot'], priority, estimate.isParked);
    forecasts.set(id, {
      estimate,
      isFree,
      rawLowMs: estimate.lowMs / low,
      rawHighMs: estimate.highMs / high,
    });
  }
  return forecasts;
}

/**
 * What outcomes teach, the oldest first. Each is held to the range that would have been told with what the ones before
 * it teach, so that the same outcomes teach every server the same. Who gave up early says only that the wait would have
 * been longer.
 */
export function learnWaits(outcomes: readonly ForecastOutcome[]): LearntWaits {
  const learnt: LearntWaits = { slot: {}, look: {} };
  for (const { estimate, isFree, rawLowMs, rawHighMs, waitedMs, outcome } of outcomes) {
    if (outcome === 'left' && waitedMs <= estimate.meanMs) continue;
    const kind = isFree ? 'look' : 'slot';
    const { low, high } = correctionFor(learnt[kind], estimate.priority, estimate.isParked);
    const told = { ...estimate, lowMs: rawLowMs * low, highMs: rawHighMs * high };
    learnt[kind] = updateCorrection(learnt[kind], told, waitedMs);
  }
  return learnt;
}

function lookWait(
  priority: WaitEstimate['priority'],
  meanWaitMs: number | null,
  corrections: WaitCorrections,
): WaitEstimate | null {
  if (meanWaitMs === null) return null;
  const learnt = correctionFor(corrections, priority, false);
  return {
    priority,
    isParked: false,
    rawMs: meanWaitMs,
    meanMs: meanWaitMs * learnt.mean,
    lowMs: meanWaitMs * LOW * learnt.low,
    highMs: meanWaitMs * HIGH * learnt.high,
  };
}
