import { byDeadline, LOWER_PRIORITIES, type LowerPriority, type WaitingHandoff } from './waiting-handoff';

/** The best plan for the coming pulls: per priority those it can save, and the first whose turn is beyond it. */
export interface RescuePlan {
  kept: Record<LowerPriority, Planned[]>;
  later: Record<LowerPriority, WaitingHandoff | null>;
}

export interface Planned {
  handoff: WaitingHandoff;
  positionsLeft: number;
}

/** Pulls that are planned for. Who can wait for longer than these need not be rescued now. */
export const PLAN_AHEAD = 64;
/** Positions by which a higher priority must leave the rest in time to go before it. */
const MARGIN = 2;
/** Of the release rate, what the plan counts on. */
const CAUTION = 0.9;

/**
 * Moore and Hodgson over those not yet breached, sorted by deadline: one more is kept, and when the last would then be
 * late, the lowest priority gives one up, its latest. No other choice saves more of a priority without losing a higher.
 */
export function planRescue(live: readonly WaitingHandoff[], now: number, rate: number): RescuePlan {
  const plan = emptyPlan();
  let size = 0;
  for (const handoff of live) {
    const { priority } = handoff;
    if (priority === 1) continue;
    const left = positionsLeft(handoff, now, rate);
    if (left >= PLAN_AHEAD) {
      plan.later[priority] ??= handoff;
      continue;
    }
    plan.kept[priority].push({ handoff, positionsLeft: left });
    size += 1;
    if (size - 1 > left) {
      const lowest = LOWER_PRIORITIES.findLast((each) => plan.kept[each].length > 0) ?? priority;
      plan.kept[lowest].pop();
      size -= 1;
    }
  }
  return plan;
}

export function emptyPlan(): RescuePlan {
  return { kept: { 2: [], 3: [], 4: [] }, later: { 2: null, 3: null, 4: null } };
}

/** Whoever stands before the first that has no room to move may go next; among these, the highest priority. */
export function chooseFrom({ kept, later }: RescuePlan): WaitingHandoff | null {
  const tight = firstTight(kept);
  for (const priority of LOWER_PRIORITIES) {
    const candidate = kept[priority][0]?.handoff ?? later[priority];
    if (candidate && (!tight || byDeadline(candidate, tight) <= 0)) return candidate;
  }
  return null;
}

/** By deadline, the first that would be late, or nearly, if one more went before it. */
function firstTight(kept: RescuePlan['kept']): WaitingHandoff | null {
  const at = { 2: 0, 3: 0, 4: 0 };
  for (let position = 0; ; position++) {
    let first: Planned | null = null;
    for (const priority of LOWER_PRIORITIES) {
      const head = kept[priority][at[priority]];
      if (head && (!first || byDeadline(head.handoff, first.handoff) < 0)) first = head;
    }
    if (!first) return null;
    if (first.positionsLeft < position + 1 + MARGIN) return first.handoff;
    if (first.handoff.priority !== 1) at[first.handoff.priority] += 1;
  }
}

/** Pulls below P1 per ms that a plan may count on. */
export function plannedRate(releaseRate: number, urgentRate: number): number {
  return Math.max(0, releaseRate * CAUTION - urgentRate);
}

/** Pulls until it must be served to be in time: below 1 it is the very next one. */
export function positionsLeft(handoff: WaitingHandoff, now: number, rate: number): number {
  return handoff.dueAt === null ? Number.POSITIVE_INFINITY : (handoff.dueAt - now) * rate;
}
