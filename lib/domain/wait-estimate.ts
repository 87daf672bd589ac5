import type { Priority } from './handoff';
import type { OrderSettings } from './order-of-service';
import type { QueueRates } from './queue-rates';
import { farInMs, type Standing } from './queue-standings';
import { correctionFor, type WaitCorrections } from './wait-estimate-correction';
import { parkedWait, quantileOf, turnWait } from './wait-law';

export interface WaitEstimate {
  priority: Priority;
  isParked: boolean;
  /** What the formula says, before what was learnt. */
  rawMs: number;
  meanMs: number;
  /** Four of five waits end between these. */
  lowMs: number;
  highMs: number;
}

/** Of the wait beyond the deadline, what an order that rescues leaves on average. */
const LEFT_BEYOND = 0.3;
/** The place in the normal law below which nine of ten stand. */
const NINE_OF_TEN = 1.2816;

/**
 * The wait that is left, from the customer's own place as it is now: to be made anew whenever that place changes. Null
 * where it must be hidden: too few releases were seen, or higher priorities take all slots and nobody gives up.
 *
 * Under strict priority the mean is exact: a sum, over those ahead and oneself, of one over what higher arrivals leave
 * of the release rate, with those added who give up. The spread is that of so many busy periods. Under the rescuing
 * order the place is the one in that order, whose turn is late is mostly taken in time, and the rest is learnt. The best
 * that an estimator with the true rates can do is then the mean over all futures of the very queue under the very order,
 * which has no formula; the simulator plays them, and this must come near.
 */
export function estimateWait(
  standing: Standing,
  rates: QueueRates,
  settings: OrderSettings,
  corrections: WaitCorrections,
  now: number,
): WaitEstimate | null {
  const { ahead, isParked, handoff } = standing;
  const { releaseRate } = rates;
  if (releaseRate === null) return null;
  const law = isParked
    ? parkedWait(ahead, farInMs(handoff, now), rates, releaseRate, settings.agedShare)
    : turnWait(ahead, handoff.priority, rates, releaseRate);
  if (!law) return null;
  const learnt = correctionFor(corrections, handoff.priority, isParked);
  const rawMs = rescued(law.mean, standing, settings, now);
  return {
    priority: handoff.priority,
    isParked,
    rawMs,
    meanMs: Math.min(rawMs * learnt.mean, law.atMost),
    lowMs: rescued(quantileOf(law, -NINE_OF_TEN), standing, settings, now) * learnt.low,
    highMs: rescued(quantileOf(law, NINE_OF_TEN), standing, settings, now) * learnt.high,
  };
}

/** Whose turn would come after the deadline is mostly taken in time for it. */
function rescued(
  wait: number,
  { handoff, isParked }: Standing,
  settings: OrderSettings,
  now: number,
): number {
  const { dueAt, priority } = handoff;
  if (settings.discipline === 'strict' || isParked || priority === 1 || dueAt === null) return wait;
  const left = Math.max(0, dueAt - now);
  return wait <= left ? wait : left + LEFT_BEYOND * (wait - left);
}
