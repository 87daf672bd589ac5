import { FAR_TARGETS, type OrderSettings } from './order-of-service';
import type { QueueRates } from './queue-rates';
import { parkedWait, turnWait } from './wait-law';
import {
  byDeadline,
  isBreached,
  LOWER_PRIORITIES,
  type LowerPriority,
  type WaitingHandoff,
} from './waiting-handoff';

/** Where somebody stands. */
export interface Standing {
  handoff: WaitingHandoff;
  /** From 1, in the order of priority and deadline, as agents see it and the customer is told. */
  position: number;
  /** How many of those who wait are expected to be served before. */
  ahead: number;
  /** Breached under an order that saves others first: served by the share of the longest breached. */
  isParked: boolean;
}

/** Where everybody stands who waits for a team, in order of position. */
export function standings(
  waiting: readonly WaitingHandoff[],
  rates: QueueRates,
  settings: OrderSettings,
  now: number,
): Standing[] {
  const inOrder = [...waiting].sort((a, b) => a.priority - b.priority || byDeadline(a, b));
  const { releaseRate } = rates;
  if (settings.discipline === 'strict' || releaseRate === null)
    return inOrder.map((handoff, index) => ({ handoff, position: index + 1, ahead: index, isParked: false }));

  const isParked = (handoff: WaitingHandoff) => handoff.priority !== 1 && isBreached(handoff, now);
  const live = tiersOf(inOrder.filter((handoff) => !isParked(handoff)));
  const parked = tiersOf(inOrder.filter(isParked));
  let liveBefore = 0;
  return inOrder.map((handoff, index) => {
    const position = index + 1;
    if (isParked(handoff)) {
      const wait = (ahead: number) => {
        const law = parkedWait(ahead, farInMs(handoff, now), rates, releaseRate, settings.agedShare);
        return law ? Math.min(law.mean, law.atMost) : 0;
      };
      return { handoff, position, ahead: parkedAhead(handoff, parked, now, wait), isParked: true };
    }
    const turnAt = now + (turnWait(liveBefore, handoff.priority, rates, releaseRate)?.mean ?? 0);
    const ahead = liveBefore + dueBelow(handoff, live, turnAt);
    liveBefore += 1;
    return { handoff, position, ahead, isParked: false };
  });
}

/** Time until a breached one gets the larger share. */
export function farInMs({ dueAt, targetMs }: WaitingHandoff, now: number): number {
  return (dueAt ?? now) + (FAR_TARGETS - 1) * targetMs - now;
}

type Tiers = Record<LowerPriority, WaitingHandoff[]>;

function tiersOf(inOrder: readonly WaitingHandoff[]): Tiers {
  const tier = (priority: LowerPriority) => inOrder.filter((handoff) => handoff.priority === priority);
  return { 2: tier(2), 3: tier(3), 4: tier(4) };
}

/** Those of lower priority who are due before one's turn comes, and so will be taken before it. */
function dueBelow({ priority }: WaitingHandoff, live: Tiers, turnAt: number): number {
  if (priority === 1) return 0;
  return LOWER_PRIORITIES.filter((each) => each > priority).reduce(
    (sum, each) => sum + countWhile(live[each], ({ dueAt }) => dueAt !== null && dueAt < turnAt),
    0,
  );
}

/** The longest breached go first, by their own target: who has a short one overtakes while both wait. */
function parkedAhead(
  handoff: WaitingHandoff,
  parked: Tiers,
  now: number,
  waitOf: (ahead: number) => number,
): number {
  const aheadAt = (at: number) => {
    const own = overdue(handoff, at);
    return LOWER_PRIORITIES.reduce(
      (sum, each) => sum + countWhile(parked[each], (other) => overdue(other, at) > own),
      0,
    );
  };
  const first = aheadAt(now + waitOf(aheadAt(now)));
  return aheadAt(now + waitOf(first));
}

function overdue({ dueAt, targetMs }: WaitingHandoff, at: number): number {
  return dueAt === null ? 0 : (at - dueAt) / targetMs;
}

/** How many at the beginning are so; none is behind one that is not. */
function countWhile<T>(items: readonly T[], isSo: (item: T) => boolean): number {
  let [low, high] = [0, items.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    const item = items[middle];
    if (item !== undefined && isSo(item)) low = middle + 1;
    else high = middle;
  }
  return low;
}
