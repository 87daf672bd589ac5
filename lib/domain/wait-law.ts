import type { Priority } from './handoff';
import { FAR_SHARE } from './order-of-service';
import type { QueueRates } from './queue-rates';

export interface WaitLaw {
  mean: number;
  variance: number;
  /** What the mean comes to at most, whatever was learnt. */
  atMost: number;
}

/** Of the release rate, what is always taken to be left for somebody when higher priorities take nearly all. */
const LEAST_SHARE = 0.05;

/**
 * The wait of whoever has so many ahead: these go before, and those of higher priority who still come. Null when the
 * higher take all slots for good.
 */
export function turnWait(
  ahead: number,
  priority: Priority,
  rates: QueueRates,
  releaseRate: number,
): WaitLaw | null {
  const above = ([1, 2, 3] as const).filter((each) => each < priority);
  const higher = above.reduce((sum, each) => sum + rates.arrivalRates[each], 0);
  if (higher >= releaseRate && rates.leaveRate === 0) return null;
  return passing(ahead, releaseRate, higher, rates.leaveRate);
}

/**
 * The breached are served by their share of the pulls, or by what all arrivals leave of them; and by the larger share
 * once they have waited far too long, which is in `farInMs`.
 */
export function parkedWait(
  ahead: number,
  farInMs: number,
  rates: QueueRates,
  releaseRate: number,
  agedShare: number,
): WaitLaw | null {
  const arrivals = ([1, 2, 3, 4] as const).reduce((sum, each) => sum + rates.arrivalRates[each], 0);
  const pulled = (share: number) =>
    Math.max((releaseRate - rates.arrivalRates[1]) * share, releaseRate - arrivals);
  if (pulled(agedShare) <= 0) return null;
  const slow = passing(ahead, pulled(agedShare), 0, rates.leaveRate);
  if (agedShare === 0) return slow;
  const fast = passing(ahead, pulled(Math.max(agedShare, FAR_SHARE)), 0, rates.leaveRate);
  return { ...slow, atMost: Math.max(farInMs, fast.mean) };
}

/** The time until as many and oneself are through: so many busy periods, each with fewer left who may leave. */
function passing(ahead: number, releaseRate: number, higher: number, leaveRate: number): WaitLaw {
  let mean = 0;
  let variance = 0;
  for (let left = ahead; left >= 0; left--) {
    const rate = releaseRate + left * leaveRate;
    const free = Math.max(rate - higher, rate * LEAST_SHARE);
    mean += 1 / free;
    variance += (2 * rate - free) / free ** 3;
  }
  return { mean, variance, atMost: Number.POSITIVE_INFINITY };
}

/** Of the gamma law with this mean and variance, by the approximation of Wilson and Hilferty 1931. */
export function quantileOf({ mean, variance }: WaitLaw, normalQuantile: number): number {
  const shape = mean ** 2 / variance;
  return mean * Math.max(0, 1 - 1 / (9 * shape) + normalQuantile / (3 * Math.sqrt(shape))) ** 3;
}
