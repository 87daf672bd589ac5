import type { Priority } from './handoff';
import type { OrderSettings } from './order-of-service';
import {
  countArrival,
  countHandled,
  countWait,
  type QueueCounts,
  type QueueRates,
  ratesOf,
  startCounting,
} from './queue-rates';
import { type Standing, standings } from './queue-standings';
import { type QueueScenario, simulateQueue } from './simulate-queue';
import { productLine } from './simulated-lines';
import { estimateWait, type WaitEstimate } from './wait-estimate';
import { updateCorrection, type WaitCorrections } from './wait-estimate-correction';
import type { WaitingHandoff } from './waiting-handoff';

export interface WaitStudy {
  scenario: QueueScenario;
  settings: OrderSettings;
  /** Customers from whose waits it learns before any estimate is judged. */
  learning: number;
  /** Estimates that are judged: of those who join, and as often of somebody who waits. */
  judgedShare: number;
  /** How often an estimate is made anew while somebody waits, per unit of time. */
  refreshRate: number;
  /** Runs of the queue into the future, by which an estimate is judged. */
  futures: number;
  memory: { handlingMs: number; arrivalsMs: number };
}

export interface JudgedEstimate {
  priority: Priority;
  hasJustJoined: boolean;
  isParked: boolean;
  estimate: WaitEstimate;
  /** As many releases as there are people in front and oneself. */
  byQueueLength: number;
  /** What the last of this priority waited who was served. */
  byLastServed: number | null;
  waited: number;
  /** How long it would have taken from here in so many other runs of the same queue, sorted. */
  futures: number[];
}

interface Logged {
  estimate: WaitEstimate;
  at: number;
  judged: JudgedEstimate | null;
}

/**
 * Runs a queue in which everybody who waits is told an estimate, made from measured rates and corrected by how earlier
 * ones came out, as in the product. A few are judged: the very state of the queue is played on many times, with the
 * true rates and the same order. The mean of these futures is the best estimate there can be.
 */
export function studyWaitEstimates(
  study: WaitStudy,
  randomOf: (seed: number) => () => number,
): JudgedEstimate[] {
  return new Study(study, randomOf).run();
}

class Study {
  #study: WaitStudy;
  #randomOf: (seed: number) => () => number;
  #line: ReturnType<typeof productLine>;
  #counts: QueueCounts = startCounting(0);
  #corrections: WaitCorrections = {};
  #waiting = new Map<string, WaitingHandoff>();
  #logged = new Map<string, Logged[]>();
  #lastWaits: Partial<Record<Priority, number>> = {};
  #judged: JudgedEstimate[] = [];
  #joined: WaitingHandoff | null = null;
  #left = 0;
  #changedAt = 0;

  constructor(study: WaitStudy, randomOf: (seed: number) => () => number) {
    this.#study = study;
    this.#randomOf = randomOf;
    this.#line = productLine(study.settings, trueRates(study.scenario));
  }

  run(): JudgedEstimate[] {
    const chance = this.#randomOf(2);
    simulateQueue(this.#study.scenario, this.#line, this.#randomOf(1), {
      joined: (handoff) => {
        this.#waiting.set(handoff.id, handoff);
        this.#joined = handoff;
      },
      left: (handoff, now, served) => {
        this.#leave(handoff, now, served);
        return false;
      },
      handled: (handlingTime, now) => {
        this.#counts = countHandled(this.#counts, handlingTime, now, this.#study.memory);
      },
      changed: (now, loads) => {
        this.#refresh(now, loads, chance);
        this.#changedAt = now;
      },
    });
    return this.#judged.filter(({ waited }) => waited >= 0);
  }

  #leave(handoff: WaitingHandoff, now: number, served: boolean): void {
    const { memory } = this.#study;
    this.#left += 1;
    if (this.#waiting.delete(handoff.id))
      this.#counts = countWait(this.#counts, now - handoff.queuedAt, !served, now, memory);
    else this.#counts = countArrival(this.#counts, handoff.priority, now, memory);
    for (const { estimate, at, judged } of this.#logged.get(handoff.id) ?? []) {
      if (judged) judged.waited = now - at;
      // Who gave up says only that the wait would have been longer.
      if (served || now - at > estimate.meanMs)
        this.#corrections = updateCorrection(this.#corrections, estimate, now - at);
    }
    this.#logged.delete(handoff.id);
    if (served) this.#lastWaits[handoff.priority] = now - handoff.queuedAt;
  }

  #refresh(now: number, loads: readonly number[], chance: () => number): void {
    const joined = this.#joined;
    this.#joined = null;
    if (joined) {
      this.#counts = countArrival(this.#counts, joined.priority, now, this.#study.memory);
      this.#tell(joined, now, loads, chance() < this.#study.judgedShare);
    }
    const expected = (now - this.#changedAt) * this.#study.refreshRate * this.#waiting.size;
    if (this.#waiting.size === 0 || chance() >= expected) return;
    const somebody = [...this.#waiting.values()][Math.floor(chance() * this.#waiting.size)];
    if (somebody) this.#tell(somebody, now, loads, chance() < this.#study.judgedShare);
  }

  #tell(handoff: WaitingHandoff, now: number, loads: readonly number[], isJudged: boolean): void {
    const { scenario, settings, learning, memory } = this.#study;
    const slots = scenario.agents * scenario.slotsPerAgent;
    const rates = ratesOf(this.#counts, slots, now, memory);
    const waiting = [...this.#waiting.values()];
    const standing = standings(waiting, rates, settings, now).find((each) => each.handoff.id === handoff.id);
    const estimate = standing && estimateWait(standing, rates, settings, this.#corrections, now);
    if (!estimate) return;
    const judged =
      isJudged && this.#left > learning ? this.#judge(standing, estimate, rates, now, loads, waiting) : null;
    const logged = this.#logged.get(handoff.id) ?? [];
    logged.push({ estimate, at: now, judged });
    this.#logged.set(handoff.id, logged);
  }

  #judge(
    { handoff, position, isParked }: Standing,
    estimate: WaitEstimate,
    rates: QueueRates,
    now: number,
    loads: readonly number[],
    waiting: readonly WaitingHandoff[],
  ): JudgedEstimate {
    const judged: JudgedEstimate = {
      priority: handoff.priority,
      hasJustJoined: handoff.queuedAt === now,
      isParked,
      estimate,
      byQueueLength: position / (rates.releaseRate ?? Number.NaN),
      byLastServed: this.#lastWaits[handoff.priority] ?? null,
      waited: -1,
      futures: this.#play(handoff, now, [...loads], waiting),
    };
    this.#judged.push(judged);
    return judged;
  }

  #play(
    handoff: WaitingHandoff,
    now: number,
    loads: readonly number[],
    waiting: readonly WaitingHandoff[],
  ): number[] {
    const { scenario, settings, futures } = this.#study;
    // Who comes in such a future counts from 0 again.
    const start = { now, loads, waiting: waiting.map(before), patientId: before(handoff).id };
    const waits = Array.from({ length: futures }, (_, index) => {
      const line = productLine(settings, trueRates(scenario), this.#line.pulls());
      let waited = 0;
      const random = this.#randomOf(1000 + this.#judged.length * futures + index);
      simulateQueue({ ...scenario, customers: Number.POSITIVE_INFINITY, start }, line, random, {
        left: ({ id }, at) => {
          if (id !== start.patientId) return false;
          waited = at - now;
          return true;
        },
      });
      return waited;
    });
    return waits.sort((a, b) => a - b);
  }
}

export interface EstimateQuality {
  estimates: number;
  meanWait: number;
  /** Root of the mean squared error of the best estimate. */
  bestError: number;
  /** Root of the mean squared error over that of the best estimate. */
  errorRatio: number;
  byQueueLengthRatio: number;
  byLastServedRatio: number;
  /** Share of the futures within the range, and of what really came. */
  coverage: number;
  coverageOfOutcomes: number;
}

/**
 * The squared error of an estimate is that of the best one and its own distance to it. Both are taken from the futures,
 * less what the distance owes to their finite number.
 */
export function qualityOf(judged: readonly JudgedEstimate[]): EstimateQuality {
  const average = (of: (each: JudgedEstimate) => number) =>
    judged.reduce((sum, each) => sum + of(each), 0) / judged.length;
  const best = average(({ futures }) => varianceOf(futures));
  const ratio = (of: (each: JudgedEstimate) => number) => {
    const distance = average(
      (each) => (of(each) - meanOf(each.futures)) ** 2 - varianceOf(each.futures) / each.futures.length,
    );
    return Math.sqrt(Math.max(0, 1 + distance / best));
  };
  const within = ({ lowMs, highMs }: WaitEstimate, wait: number) => (wait >= lowMs && wait <= highMs ? 1 : 0);
  return {
    estimates: judged.length,
    meanWait: average(({ futures }) => meanOf(futures)),
    bestError: Math.sqrt(best),
    errorRatio: ratio(({ estimate }) => estimate.meanMs),
    byQueueLengthRatio: ratio(({ byQueueLength }) => byQueueLength),
    byLastServedRatio: ratio(({ byLastServed }) => byLastServed ?? 0),
    coverage: average(({ estimate, futures }) => meanOf(futures.map((wait) => within(estimate, wait)))),
    coverageOfOutcomes: average(({ estimate, waited }) => within(estimate, waited)),
  };
}

function trueRates({ agents, slotsPerAgent, arrivals, mix, handling }: QueueScenario) {
  return { releaseRate: (agents * slotsPerAgent) / handling.mean, urgentRate: arrivals.peak * mix[0] };
}

function before(handoff: WaitingHandoff): WaitingHandoff {
  return { ...handoff, id: `before ${handoff.id}` };
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function varianceOf(values: readonly number[]): number {
  const mean = meanOf(values);
  return values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1);
}
