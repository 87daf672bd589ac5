import { describe, expect, it } from 'vitest';
import { randomFrom } from '@/db/seed/random';
import { DEFAULT_ORDER, type OrderSettings } from './order-of-service';
import { priorityWaitTail } from './priority-wait-tail';
import { erlangA, meanWait, priorityWaits } from './queueing-formulas';
import {
  type QueueOutcome,
  type QueueScenario,
  type SimulatedLine,
  simulateQueue,
  type Tally,
} from './simulate-queue';
import { byArrivalLine, earliestDeadlineLine, productLine, randomLine } from './simulated-lines';

const PRIORITIES = [1, 2, 3, 4] as const;
const MIX = [0.05, 0.15, 0.6, 0.2] as const;
const TARGETS = [0.2, 0.5, 1.5, 6] as const;
const STRICT: OrderSettings = { discipline: 'strict', agedShare: 0, overflowSlots: 0 };
const REPLICATIONS = 20;
/** Of Student's distribution with nineteen degrees of freedom, two-sided. */
const T_99 = 2.861;

function scenario(agents: number, load: number, customers: number): QueueScenario {
  return {
    agents,
    slotsPerAgent: 1,
    overflowSlots: 0,
    arrivals: { peak: agents * load },
    mix: MIX,
    targets: TARGETS,
    handling: { mean: 1 },
    patience: null,
    customers,
    warmUp: customers / 10,
  };
}

function replicate(given: QueueScenario, lineOf: (seed: number) => SimulatedLine): QueueOutcome[] {
  return Array.from({ length: REPLICATIONS }, (_, index) =>
    simulateQueue(given, lineOf(index), randomFrom(123_457 * (index + 77)).next),
  );
}

function product(settings: OrderSettings, given: QueueScenario, misjudged = 1): () => SimulatedLine {
  const releaseRate = given.agents * given.slotsPerAgent * misjudged;
  return () => productLine(settings, { releaseRate, urgentRate: releaseRate * 0.9 * MIX[0] });
}

function interval(values: readonly number[]): { mean: number; half: number } {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1);
  return { mean, half: T_99 * Math.sqrt(variance / values.length) };
}
const sumOf = (outcome: QueueOutcome, of: (tally: Tally) => number) =>
  PRIORITIES.reduce((sum, priority) => sum + of(outcome.tallies[priority]), 0);
const shareOf = (outcomes: readonly QueueOutcome[], of: (tally: Tally) => number) =>
  outcomes.reduce((sum, outcome) => sum + sumOf(outcome, of), 0) /
  outcomes.reduce((sum, outcome) => sum + sumOf(outcome, (tally) => tally.customers), 0);
const breached = (outcomes: readonly QueueOutcome[]) => shareOf(outcomes, (tally) => tally.breached);
const urgentBreached = (outcomes: readonly QueueOutcome[]) =>
  interval(outcomes.map(({ tallies }) => tallies[1].breached / tallies[1].customers));

describe('the simulator, by strict priority', { timeout: 60_000 }, () => {
  it.each([
    [5, 0.9, 50_000],
    [20, 0.9, 70_000],
    [20, 0.97, 150_000],
  ])('meets the exact waits and breaches at %i slots and a load of %d', (agents, load, customers) => {
    const given = scenario(agents, load, customers);
    const outcomes = replicate(given, product(STRICT, given));
    const rates = MIX.map((share) => share * agents * load);
    const waits = priorityWaits(agents, rates, 1);
    for (const priority of PRIORITIES) {
      const tallies = outcomes.map((outcome) => outcome.tallies[priority]);
      const wait = interval(tallies.map((tally) => tally.waited / tally.customers));
      const breach = interval(tallies.map((tally) => tally.breached / tally.customers));
      const exactWait = waits[priority - 1] ?? 0;
      const exactBreach = priorityWaitTail(TARGETS[priority - 1] ?? 0, agents, rates, priority - 1, 1);
      expect(Math.abs(wait.mean - exactWait), `wait of P${priority}`).toBeLessThan(wait.half);
      expect(wait.half).toBeLessThan(exactWait * (priority === 4 ? 0.2 : 0.05));
      expect(Math.abs(breach.mean - exactBreach), `breaches of P${priority}`).toBeLessThan(breach.half);
    }
  });
});

describe('the simulator, by other orders', { timeout: 60_000 }, () => {
  it.each([
    [20, 1.1, 1],
    [20, 1.3, 1],
    [20, 1.1, 2],
  ])('loses as many as Erlang A says: %i slots, load %d, patience %d', (agents, load, patience) => {
    const given = { ...scenario(agents, load, 20_000), patience };
    const gone = interval(
      replicate(given, byArrivalLine).map((each) => shareOf([each], (tally) => tally.abandoned)),
    );
    const exact = erlangA(agents, agents * load, 1, 1 / patience).abandoned;
    expect(Math.abs(gone.mean - exact)).toBeLessThan(gone.half);
    expect(gone.half).toBeLessThan(exact * 0.05);
  });
  it('gives the same customers to every order, and the same waits in sum to all that do not look at handling', () => {
    const given = scenario(20, 0.9, 30_000);
    const rescue = { ...DEFAULT_ORDER, overflowSlots: 0 };
    const orders: [string, (seed: number) => SimulatedLine][] = [
      ['by arrival', byArrivalLine],
      ['by deadline', earliestDeadlineLine],
      ['at random', (seed) => randomLine(randomFrom(seed).next)],
      ['strict', product(STRICT, given)],
      ['rescue', product(rescue, given)],
    ];
    const exact = meanWait(20, 18, 1);
    const waits = orders.map(([order, lineOf]) => {
      const outcomes = replicate(given, lineOf);
      const wait = interval(outcomes.map((outcome) => shareOf([outcome], (tally) => tally.waited)));
      expect(Math.abs(wait.mean - exact), order).toBeLessThan(wait.half);
      return { outcomes, each: outcomes.map((outcome) => shareOf([outcome], (tally) => tally.waited)) };
    });
    const [first, ...others] = waits;
    for (const other of others) {
      const difference = interval(other.each.map((wait, index) => wait - (first?.each[index] ?? 0)));
      expect(Math.abs(difference.mean)).toBeLessThan(difference.half);
      for (const [index, outcome] of other.outcomes.entries())
        expect(outcome.tallies[2].customers).toBe(first?.outcomes[index]?.tallies[2].customers);
    }
  });
  it('never pulls anybody while a P1 waits, and would notice it', () => {
    const given = scenario(5, 0.9, 5000);
    const inversions = (lineOf: (seed: number) => SimulatedLine, overflowSlots: number) =>
      replicate({ ...given, overflowSlots }, lineOf).reduce((sum, outcome) => sum + outcome.inversions, 0);
    expect(inversions(product(STRICT, given), 0)).toBe(0);
    expect(inversions(product(DEFAULT_ORDER, given), 0)).toBe(0);
    expect(inversions(product(DEFAULT_ORDER, given), 1)).toBe(0);
    expect(inversions(byArrivalLine, 0)).toBeGreaterThan(1000);
  });
});

describe('the default order', { timeout: 60_000 }, () => {
  /** A spike of six in every 48 handling times; the load is 0.77 over all. */
  const rateAt = (at: number) => 20 * (at % 48 < 6 ? 1.6 : 0.6514);
  const spikes = { ...scenario(20, 1.6, 25_000), arrivals: { peak: 32, rateAt } };
  const run = (given: QueueScenario, settings: OrderSettings, misjudged = 1) =>
    replicate({ ...given, overflowSlots: settings.overflowSlots }, product(settings, given, misjudged));

  it('breaches at most half as many as strict priority at 20 slots and a load of 0.97, and of P1 at most 1 %', () => {
    const given = scenario(20, 0.97, 25_000);
    const shipped = run(given, DEFAULT_ORDER);
    const strict = breached(run(given, STRICT));
    const withOverflow = run(given, { ...STRICT, overflowSlots: 1 });
    expect(breached(shipped)).toBeLessThan(0.5 * strict);
    expect(breached(shipped)).toBeLessThan(0.5 * breached(withOverflow));
    const urgent = urgentBreached(shipped);
    expect(urgent.mean + urgent.half).toBeLessThan(0.01);
    expect(Math.abs(urgent.mean - urgentBreached(withOverflow).mean)).toBeLessThan(urgent.half);
  });
  it.each([
    ['a day with spikes', spikes],
    ['five slots and a load of 0.9', scenario(5, 0.9, 25_000)],
  ])('breaches at most 0.6 times as many as strict priority with the same overflow: %s', (_, given) => {
    const shipped = run(given, DEFAULT_ORDER);
    const strict = run(given, { ...STRICT, overflowSlots: 1 });
    expect(breached(shipped)).toBeLessThan(0.6 * breached(strict));
    const urgent = urgentBreached(shipped);
    expect(Math.abs(urgent.mean - urgentBreached(strict).mean)).toBeLessThan(urgent.half);
  });
  it.each([0.6, 1.4])('still does when the release rate is taken for %d of what it is', (misjudged) => {
    const given = scenario(20, 0.97, 20_000);
    const strict = breached(run(given, { ...STRICT, overflowSlots: 1 }));
    expect(breached(run(given, DEFAULT_ORDER, misjudged))).toBeLessThan(0.6 * strict);
  });
  it('still does when handling times are far from exponential', () => {
    const given = { ...scenario(20, 0.97, 20_000), handling: { mean: 1, cv: 1.3 } };
    const strict = breached(run(given, { ...STRICT, overflowSlots: 1 }));
    expect(breached(run(given, DEFAULT_ORDER))).toBeLessThan(0.6 * strict);
  });
  it('trades breaches for long waits by the share of the longest breached', () => {
    const given = scenario(20, 0.97, 20_000);
    const [none, some, more] = [0, 0.1, 0.3].map((agedShare) => run(given, { ...DEFAULT_ORDER, agedShare }));
    const worst = (outcomes: readonly QueueOutcome[] = []) =>
      Math.max(...outcomes.map(({ tallies }) => Math.max(...PRIORITIES.map((each) => tallies[each].worst))));
    expect(breached(none ?? [])).toBeLessThan(breached(some ?? []));
    expect(breached(some ?? [])).toBeLessThan(breached(more ?? []));
    expect(worst(none)).toBeGreaterThan(2 * worst(some));
    expect(worst(some)).toBeGreaterThan(worst(more));
  });
});
