import type { Priority } from './handoff';

/** What a team's queue is measured by: sums in which the past counts less and less. Keep it, and give it every event. */
export interface QueueCounts {
  since: number;
  handled: Fading & { samples: number };
  handlingTime: Fading;
  arrived: Record<Priority, Fading>;
  /** Those who gave up while they waited, and the time that all together waited. */
  left: Fading;
  waitedTime: Fading;
}

export interface QueueRates {
  /** Slots that come free, per ms, while all are taken; null while fewer than 20 handlings were seen. */
  releaseRate: number | null;
  arrivalRates: Record<Priority, number>;
  /** Of one who waits, per ms. */
  leaveRate: number;
}

interface Fading {
  value: number;
  at: number;
}

const HOUR = 3_600_000;
/** Of what fewer were seen than this, nothing is said. */
export const ENOUGH = 20;
/** How long a thing of the past still counts for a third. Handling changes slowly, the inflow with the time of day. */
export const MEMORY = { handlingMs: 7 * 24 * HOUR, arrivalsMs: 4 * HOUR };

export function startCounting(now: number): QueueCounts {
  const none = { value: 0, at: now };
  return {
    since: now,
    handled: { ...none, samples: 0 },
    handlingTime: none,
    arrived: { 1: none, 2: none, 3: none, 4: none },
    left: none,
    waitedTime: none,
  };
}

/** A customer entered the queue, or would have, had no slot been free. */
export function countArrival(
  counts: QueueCounts,
  priority: Priority,
  now: number,
  memory = MEMORY,
): QueueCounts {
  const arrived = {
    ...counts.arrived,
    [priority]: more(counts.arrived[priority], 1, now, memory.arrivalsMs),
  };
  return { ...counts, arrived };
}

/** A customer was done with after so long in a slot. */
export function countHandled(
  counts: QueueCounts,
  handlingMs: number,
  now: number,
  memory = MEMORY,
): QueueCounts {
  const samples = counts.handled.samples + 1;
  return {
    ...counts,
    handled: { ...more(counts.handled, 1, now, memory.handlingMs), samples },
    handlingTime: more(counts.handlingTime, handlingMs, now, memory.handlingMs),
  };
}

/** A customer waited for so long and then was served, or left. */
export function countWait(
  counts: QueueCounts,
  waitedMs: number,
  left: boolean,
  now: number,
  memory = MEMORY,
): QueueCounts {
  return {
    ...counts,
    left: more(counts.left, left ? 1 : 0, now, memory.handlingMs),
    waitedTime: more(counts.waitedTime, waitedMs, now, memory.handlingMs),
  };
}

/**
 * The rates of now for a team with so many slots open. Slots over the mean handling time, and not slots that came free
 * per hour: these are fewer whenever not all are taken, which is not when somebody waits.
 */
export function ratesOf(counts: QueueCounts, slots: number, now: number, memory = MEMORY): QueueRates {
  const faded = (sum: Fading, memoryMs: number) => more(sum, 0, now, memoryMs).value;
  const meanHandling =
    faded(counts.handlingTime, memory.handlingMs) / faded(counts.handled, memory.handlingMs);
  // The weight of all the time that was watched.
  const watched = memory.arrivalsMs * (1 - Math.exp(-(now - counts.since) / memory.arrivalsMs));
  const rate = (priority: Priority) =>
    watched > 0 ? faded(counts.arrived[priority], memory.arrivalsMs) / watched : 0;
  const waited = counts.waitedTime.value;
  return {
    releaseRate:
      counts.handled.samples >= ENOUGH && slots > 0 && meanHandling > 0 ? slots / meanHandling : null,
    arrivalRates: { 1: rate(1), 2: rate(2), 3: rate(3), 4: rate(4) },
    leaveRate: waited > 0 ? counts.left.value / waited : 0,
  };
}

function more(sum: Fading, amount: number, now: number, memoryMs: number): Fading {
  return { value: sum.value * Math.exp((sum.at - now) / memoryMs) + amount, at: now };
}
