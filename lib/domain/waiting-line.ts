import { DeadlineLine } from './deadline-line';
import type { Priority } from './handoff';
import {
  asUrgent,
  headsOf,
  type NextInLine,
  nextOfPlan,
  nextWithoutPlan,
  type PullMoment,
  type ServicePlace,
} from './order-of-service';
import { emptyPlan, PLAN_AHEAD, plannedRate, positionsLeft, type RescuePlan } from './rescue-plan';
import { LOWER_PRIORITIES, type WaitingHandoff } from './waiting-handoff';

/**
 * The waiting handoffs of a team, kept in order. `next` answers what `nextInLine` would, in time that does not grow
 * with the queue: it looks at the heads and at no more of each priority than the plan has places.
 */
export class WaitingLine {
  #byId = new Map<string, WaitingHandoff>();
  #tiers: Record<Priority, DeadlineLine> = {
    1: new DeadlineLine(),
    2: new DeadlineLine(),
    3: new DeadlineLine(),
    4: new DeadlineLine(),
  };
  /** For each place of the plan a free one at or before it, by the way of union and find; -1 for none. */
  #freeUpTo = new Int16Array(PLAN_AHEAD + 1);

  get size(): number {
    return this.#byId.size;
  }

  /** Adds a handoff, or puts it where its new priority or deadline belongs. */
  put(handoff: WaitingHandoff): void {
    this.remove(handoff.id);
    this.#byId.set(handoff.id, handoff);
    this.#tiers[handoff.priority].add(handoff);
  }

  remove(id: string): boolean {
    const handoff = this.#byId.get(id);
    if (!handoff) return false;
    this.#byId.delete(id);
    return this.#tiers[handoff.priority].remove(handoff);
  }

  get(id: string): WaitingHandoff | undefined {
    return this.#byId.get(id);
  }

  next(moment: PullMoment): NextInLine | null {
    const urgent = this.#tiers[1].first();
    return urgent ? asUrgent(urgent, moment.now) : this.nextBelowUrgent(moment);
  }

  nextBelowUrgent(moment: PullMoment): NextInLine | null {
    const heads = headsOf((priority) => this.#tiers[priority].first());
    const early = nextWithoutPlan(heads, moment);
    return early === undefined ? nextOfPlan(heads, this.#plan(moment), moment) : early;
  }

  /** The first places of the list that agents see, as `serviceOrder` has them. */
  order(moment: PullMoment, limit: number): ServicePlace[] {
    const next = this.nextBelowUrgent(moment);
    const head = headsOf((priority) => this.#tiers[priority].first())[0];
    const movedUp = next && next.id !== head?.id ? next : null;
    const places: ServicePlace[] = [];
    for (const { id } of this.#tiers[1].take(limit)) places.push({ id, movedUp: null });
    if (movedUp) places.push({ id: movedUp.id, movedUp });
    for (const priority of LOWER_PRIORITIES) {
      for (const { id } of this.#tiers[priority].take(limit + 1 - places.length))
        if (id !== movedUp?.id) places.push({ id, movedUp: null });
    }
    return places.slice(0, limit);
  }

  /**
   * Highest priority first, each to the latest free place in which it is in time: the same are kept as by the rule, so
   * far as matters. Once the very next place is taken, those before the first free place are as many as the places, so
   * that one of them has no room to move, and whoever is due behind cannot be chosen any more.
   */
  #plan(moment: PullMoment): RescuePlan {
    const plan = emptyPlan();
    const { now } = moment;
    const rate = plannedRate(moment.releaseRate ?? 0, moment.urgentRate);
    for (let mark = 0; mark <= PLAN_AHEAD; mark++) this.#freeUpTo[mark] = mark;
    for (const priority of LOWER_PRIORITIES) {
      const tier = this.#tiers[priority];
      const at = tier.firstLive(now);
      for (let handoff = tier.at(at); handoff; handoff = tier.at(at)) {
        const left = positionsLeft(handoff, now, rate);
        if (left >= PLAN_AHEAD) {
          plan.later[priority] = handoff;
          break;
        }
        plan.kept[priority].push({ handoff, positionsLeft: left });
        const place = this.#latestFree(Math.floor(left));
        if (place === 0) return plan;
        this.#freeUpTo[place + 1] = place;
        tier.step(at);
      }
    }
    return plan;
  }

  /** Places count from 0, their marks from 1: mark 0 stands for no place. */
  #latestFree(place: number): number {
    const marks = this.#freeUpTo;
    let mark = place + 1;
    while (marks[mark] !== mark) {
      marks[mark] = marks[marks[mark] ?? 0] ?? 0;
      mark = marks[mark] ?? 0;
    }
    return mark - 1;
  }
}
