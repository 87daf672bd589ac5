import type { Priority } from './handoff';
import { chooseFrom, plannedRate, planRescue, type RescuePlan } from './rescue-plan';
import {
  byDeadline,
  isBreached,
  LOWER_PRIORITIES,
  type LowerPriority,
  type WaitingHandoff,
} from './waiting-handoff';

export const DISCIPLINES = ['rescue', 'strict'] as const;
export type Discipline = (typeof DISCIPLINES)[number];

export interface OrderSettings {
  discipline: Discipline;
  /** Share of the pulls below P1 that go to the longest breached: 0 for fewest breaches, more for shorter neglect. */
  agedShare: number;
  /** How many P1s of a team may be taken above an agent's capacity at once. */
  overflowSlots: number;
}

export const DEFAULT_ORDER: OrderSettings = { discipline: 'rescue', agedShare: 0.1, overflowSlots: 1 };

/** From so many times its target on, the longest breached gets every second pull: rare, so that it costs next to nothing. */
export const FAR_TARGETS = 15;
export const FAR_SHARE = 0.5;

/** All that a pull depends on besides the queue, so that it can be stored and run again. */
export interface PullMoment {
  now: number;
  /** Pulls of the team below P1 so far: whoever pulls counts on, unless the pull was `urgent`. */
  pulls: number;
  /** Slots of the team that come free, per ms; null while fewer than 20 were seen or nobody is there. */
  releaseRate: number | null;
  /** P1s that arrive, per ms: they will take slots before anybody who waits below. */
  urgentRate: number;
  settings: OrderSettings;
}

/** Who is served next and why. `breachesInMs` is negative after the deadline; `waitedTargets` is 1 at the deadline. */
export type NextInLine =
  | { id: string; why: 'urgent' | 'rescue' | 'in_order'; breachesInMs: number | null }
  | { id: string; why: 'aged' | 'breached'; waitedTargets: number };

/**
 * Who is next: P1 always, by deadline; every so many pulls the longest breached, oftener when it waits far too long; else the highest priority that
 * leaves everybody in time who can still be; when nobody can be, the longest breached. Strict priority when the
 * settings say so or the release rate is unknown. This is the rule; `WaitingLine` answers the same from a kept order.
 */
export function nextInLine(waiting: readonly WaitingHandoff[], moment: PullMoment): NextInLine | null {
  const urgent = firstOf(waiting.filter((handoff) => handoff.priority === 1));
  return urgent ? asUrgent(urgent, moment.now) : nextBelowUrgent(waiting, moment);
}

/** Who is next once no P1 waits. */
export function nextBelowUrgent(waiting: readonly WaitingHandoff[], moment: PullMoment): NextInLine | null {
  const lower = waiting.filter((handoff) => handoff.priority !== 1).sort(byDeadline);
  const heads = headsOf((priority) => lower.find((handoff) => handoff.priority === priority));
  const early = nextWithoutPlan(heads, moment);
  if (early !== undefined) return early;
  const live = lower.filter((handoff) => !isBreached(handoff, moment.now));
  return nextOfPlan(
    heads,
    planRescue(live, moment.now, plannedRate(moment.releaseRate ?? 0, moment.urgentRate)),
    moment,
  );
}

/** A place of the list that agents see. `movedUp` says why it stands before others of its kind. */
export interface ServicePlace {
  id: string;
  movedUp: NextInLine | null;
}

/** The list that agents see: P1 first, then who is next, marked if moved up, then by priority and deadline. */
export function serviceOrder(waiting: readonly WaitingHandoff[], moment: PullMoment): ServicePlace[] {
  const inOrder = [...waiting].sort((a, b) => a.priority - b.priority || byDeadline(a, b));
  const urgent = inOrder.filter(({ priority }) => priority === 1);
  const lower = inOrder.slice(urgent.length);
  const next = nextBelowUrgent(lower, moment);
  const places = [...urgent, ...lower].map(({ id }) => ({ id, movedUp: null }));
  if (!next || next.id === lower[0]?.id) return places;
  const rest = places.filter(({ id }) => id !== next.id);
  return [...rest.slice(0, urgent.length), { id: next.id, movedUp: next }, ...rest.slice(urgent.length)];
}

/** Which slot of an agent a handoff may take: a free one, or, for a P1 of a team that allows it, one above these. */
export function slotFor(
  priority: Priority,
  agent: { load: number; capacity: number },
  team: { overflowing: number; settings: OrderSettings },
): 'free' | 'overflow' | null {
  if (agent.load < agent.capacity) return 'free';
  const mayExceed = priority === 1 && agent.load === agent.capacity && agent.capacity > 0;
  return mayExceed && team.overflowing < team.settings.overflowSlots ? 'overflow' : null;
}

/**
 * The answers that need no plan, from the head of each priority: nobody waits, strict priority, the turn of the
 * longest breached. Undefined when a plan must decide.
 */
export function nextWithoutPlan(
  heads: readonly WaitingHandoff[],
  moment: PullMoment,
): NextInLine | null | undefined {
  const head = heads[0];
  if (!head) return null;
  if (moment.settings.discipline === 'strict' || moment.releaseRate === null) {
    return { id: head.id, why: 'in_order', breachesInMs: breachesInMs(head, moment.now) };
  }
  const breached = longestBreached(heads, moment.now);
  if (breached && isAgedTurn(moment, breached.waitedTargets)) return { ...breached, why: 'aged' };
  return undefined;
}

/** The highest priority whose earlier start leaves all that the plan keeps in time, with a margin. */
export function nextOfPlan(
  heads: readonly WaitingHandoff[],
  plan: RescuePlan,
  moment: PullMoment,
): NextInLine | null {
  const chosen = chooseFrom(plan);
  if (!chosen) {
    const breached = longestBreached(heads, moment.now);
    return breached && { ...breached, why: 'breached' };
  }
  const why = chosen.id === heads[0]?.id ? 'in_order' : 'rescue';
  return { id: chosen.id, why, breachesInMs: breachesInMs(chosen, moment.now) };
}

export function asUrgent(handoff: WaitingHandoff, now: number): NextInLine {
  return { id: handoff.id, why: 'urgent', breachesInMs: breachesInMs(handoff, now) };
}

/** Head of each lower priority that has one, highest first. */
export function headsOf(headOf: (priority: LowerPriority) => WaitingHandoff | undefined): WaitingHandoff[] {
  return LOWER_PRIORITIES.flatMap((priority) => headOf(priority) ?? []);
}

function longestBreached(
  heads: readonly WaitingHandoff[],
  now: number,
): { id: string; waitedTargets: number } | null {
  let longest: { id: string; waitedTargets: number } | null = null;
  for (const head of heads) {
    if (head.dueAt === null || !isBreached(head, now)) continue;
    const waitedTargets = 1 + (now - head.dueAt) / head.targetMs;
    if (longest === null || waitedTargets > longest.waitedTargets) longest = { id: head.id, waitedTargets };
  }
  return longest;
}

/** True for the share of the counts, evenly spread. */
function isAgedTurn({ pulls, settings: { agedShare } }: PullMoment, waitedTargets: number): boolean {
  const share = agedShare > 0 && waitedTargets >= FAR_TARGETS ? Math.max(agedShare, FAR_SHARE) : agedShare;
  return Math.floor((pulls + 1) * share) > Math.floor(pulls * share);
}

function breachesInMs(handoff: WaitingHandoff, now: number): number | null {
  return handoff.dueAt === null ? null : handoff.dueAt - now;
}

function firstOf(handoffs: readonly WaitingHandoff[]): WaitingHandoff | undefined {
  return handoffs.reduce<WaitingHandoff | undefined>(
    (first, handoff) => (first && byDeadline(first, handoff) <= 0 ? first : handoff),
    undefined,
  );
}
