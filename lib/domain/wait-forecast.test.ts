import { describe, expect, it } from 'vitest';
import { randomFrom } from '@/db/seed/random';
import type { Priority } from './handoff';
import { DEFAULT_ORDER } from './order-of-service';
import { type ForecastOutcome, forecastLine, learnWaits, type TeamMoment } from './wait-forecast';
import type { WaitingHandoff } from './waiting-handoff';

const MINUTE = 60_000;
const NOW = 1_700_000_000_000;
const MOMENT: TeamMoment = {
  now: NOW,
  rates: {
    releaseRate: 1 / MINUTE,
    arrivalRates: { 1: 0, 2: 0, 3: 0.5 / MINUTE, 4: 0 },
    leaveRate: 0,
  },
  freeSlots: 0,
  meanWaitMs: 2 * MINUTE,
  learnt: { slot: {}, look: {} },
  settings: DEFAULT_ORDER,
};

function waiting(id: string, priority: Priority = 3): WaitingHandoff {
  return { id, priority, queuedAt: NOW, dueAt: NOW + 60 * MINUTE, targetMs: 60 * MINUTE };
}
const LINE = ['a', 'b', 'c', 'd'].map((id) => waiting(id));
const means = (moment: Partial<TeamMoment>, line = LINE) =>
  [...forecastLine(line, { ...MOMENT, ...moment })].map(([id, { estimate, isFree }]) => [
    id,
    estimate.meanMs / MINUTE,
    isFree,
  ]);

describe('the forecasts of a line', () => {
  it('are by the formula while no slot is free', () => {
    expect(means({})).toEqual([
      ['a', 1, false],
      ['b', 2, false],
      ['c', 3, false],
      ['d', 4, false],
    ]);
  });
  it('are what others waited for whom a slot is free, and by the formula behind them', () => {
    expect(means({ freeSlots: 2 })).toEqual([
      ['a', 2, true],
      ['b', 2, true],
      ['c', 1, false],
      ['d', 2, false],
    ]);
    expect(means({ freeSlots: 9 }).every(([, mean, isFree]) => mean === 2 && isFree)).toBe(true);
  });
  it('leave out of whom too little is known', () => {
    const unknown = { ...MOMENT.rates, releaseRate: null };
    expect(means({ freeSlots: 1, rates: unknown })).toEqual([['a', 2, true]]);
    expect(means({ freeSlots: 1, meanWaitMs: null }).map(([id]) => id)).toEqual(['b', 'c', 'd']);
    expect(means({}, [])).toEqual([]);
  });
});

describe('what a team learns', () => {
  const outcome = (waitedMs: number, how: Partial<ForecastOutcome> = {}): ForecastOutcome => ({
    estimate: {
      priority: 3,
      isParked: false,
      rawMs: 2 * MINUTE,
      meanMs: 2 * MINUTE,
      lowMs: 0.2 * MINUTE,
      highMs: 4.6 * MINUTE,
    },
    rawLowMs: 0.2 * MINUTE,
    rawHighMs: 4.6 * MINUTE,
    isFree: true,
    outcome: 'taken',
    waitedMs,
    ...how,
  });
  it('is kept apart for those who wait for a slot and for a look', () => {
    const learnt = learnWaits([outcome(MINUTE), outcome(MINUTE, { isFree: false }), outcome(MINUTE)]);
    expect([learnt.look['3']?.samples, learnt.slot['3']?.samples]).toEqual([2, 1]);
  });
  it('is nothing of who gave up early, and as of anybody else of who gave up late', () => {
    expect(learnWaits([outcome(MINUTE, { outcome: 'left' })])).toEqual({ slot: {}, look: {} });
    expect(learnWaits([outcome(3 * MINUTE, { outcome: 'left' })]).look['3']?.samples).toBe(1);
  });
  it('brings four of five into the range, of whatever law the waits are', () => {
    const { next } = randomFrom(3);
    const outcomes: ForecastOutcome[] = [];
    let within = 0;
    let learnt = learnWaits([]);
    for (let round = 0; round < 6000; round++) {
      if (round % 50 === 0) learnt = learnWaits(outcomes.slice(-2000));
      const told = forecastLine([waiting('me')], { ...MOMENT, freeSlots: 1, learnt }).get('me');
      if (!told) throw new Error('Nothing was told');
      const waitedMs = (0.5 + 6 * next() ** 2) * MINUTE;
      const { lowMs, highMs } = told.estimate;
      if (round >= 2000 && waitedMs >= lowMs && waitedMs <= highMs) within += 1;
      outcomes.push({ ...told, outcome: 'taken', waitedMs });
    }
    expect(within / 4000).toBeGreaterThan(0.75);
    expect(within / 4000).toBeLessThan(0.85);
  });
});
