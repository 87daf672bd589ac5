import type { Priority } from './handoff';
import type { WaitEstimate } from './wait-estimate';

/** Factors on the mean and on both ends of the range. */
export interface WaitCorrection {
  mean: number;
  low: number;
  high: number;
  samples: number;
  /** Sums of outcomes and of what the formula said, the past fading. */
  outcomes: number;
  forecasts: number;
}

/** What was learnt of each priority, of those in turn and of those parked. */
export type WaitCorrections = Partial<Record<`${Priority}${'' | ' parked'}`, WaitCorrection>>;

const NONE: WaitCorrection = { mean: 1, low: 1, high: 1, samples: 0, outcomes: 0, forecasts: 0 };
/** How many outcomes back one still counts for a third. */
const MEMORY = 2000;
/** What one outcome counts for at most, in forecasts: a single parked customer must not sway all others' estimates. */
const MOST = 4;
/** Forecasts that the formula is trusted with before outcomes may move it much. */
const PRIOR = 20;
const SLOWEST = 0.01;
/** Share of the outcomes to be below the range, and as many above. */
const OUTSIDE = 0.1;

export function correctionFor(
  corrections: WaitCorrections,
  priority: Priority,
  isParked: boolean,
): WaitCorrection {
  return corrections[keyOf(priority, isParked)] ?? NONE;
}

/**
 * Learns from a forecast how it came out. The factor on the mean is that of the outcomes over what the formula said.
 * An end of the range moves out by a step when it was passed and in by a ninth of it when not, so that it comes to rest
 * where one outcome in ten is beyond, whatever the law of the waits.
 */
export function updateCorrection(
  corrections: WaitCorrections,
  forecast: WaitEstimate,
  waitedMs: number,
): WaitCorrections {
  const last = correctionFor(corrections, forecast.priority, forecast.isParked);
  const fading = 1 - 1 / MEMORY;
  const outcomes = last.outcomes * fading + Math.min(waitedMs, MOST * forecast.rawMs);
  const forecasts = last.forecasts * fading + forecast.rawMs;
  const samples = last.samples + 1;
  const trust = PRIOR * (forecasts / Math.min(samples, MEMORY));
  const step = Math.max(SLOWEST, 1 / (PRIOR + samples));
  const moved = (passed: boolean) => (passed ? 1 - OUTSIDE : -OUTSIDE) * step;
  const next: WaitCorrection = {
    mean: (outcomes + trust) / (forecasts + trust),
    low: last.low * Math.exp(-moved(waitedMs < forecast.lowMs)),
    high: last.high * Math.exp(moved(waitedMs > forecast.highMs)),
    samples,
    outcomes,
    forecasts,
  };
  return { ...corrections, [keyOf(forecast.priority, forecast.isParked)]: next };
}

function keyOf(priority: Priority, isParked: boolean): keyof WaitCorrections {
  return isParked ? `${priority} parked` : `${priority}`;
}
