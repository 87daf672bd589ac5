import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { randomFrom } from '@/db/seed/random';
import type { Priority } from './handoff';
import { DEFAULT_ORDER, nextInLine, type OrderSettings } from './order-of-service';
import type { QueueRates } from './queue-rates';
import { type Standing, standings } from './queue-standings';
import { erlangC, priorityWaits } from './queueing-formulas';
import type { QueueScenario } from './simulate-queue';
import { type JudgedEstimate, qualityOf, studyWaitEstimates } from './study-wait-estimates';
import { estimateWait, type WaitEstimate } from './wait-estimate';
import { updateCorrection, type WaitCorrections } from './wait-estimate-correction';
import type { WaitingHandoff } from './waiting-handoff';

const MINUTE = 60_000;
const NOW = 1_700_000_000_000;
const STRICT: OrderSettings = { ...DEFAULT_ORDER, discipline: 'strict' };
const TARGETS: Record<Priority, number> = { 1: 2 * MINUTE, 2: 5 * MINUTE, 3: 15 * MINUTE, 4: 60 * MINUTE };
/** Twenty slots of ten minutes, two a minute, of which higher priorities may take some. */
const RATES: QueueRates = {
  releaseRate: 2 / MINUTE,
  arrivalRates: { 1: 0.1 / MINUTE, 2: 0.3 / MINUTE, 3: 1.1 / MINUTE, 4: 0.4 / MINUTE },
  leaveRate: 0,
};

function waiting(id: string, priority: Priority, waitedMinutes: number): WaitingHandoff {
  const queuedAt = NOW - waitedMinutes * MINUTE;
  return { id, priority, queuedAt, dueAt: queuedAt + TARGETS[priority], targetMs: TARGETS[priority] };
}
function standing(priority: Priority, ahead: number): Standing {
  return { handoff: waiting('me', priority, 0), position: ahead + 1, ahead, isParked: false };
}
const estimate = (place: Standing, rates = RATES, settings = STRICT, corrections: WaitCorrections = {}) =>
  estimateWait(place, rates, settings, corrections, NOW);

describe('the estimate by the formula', () => {
  it.each<[Priority, number, number]>([
    [1, 0, 1 / 2],
    [1, 4, 5 / 2],
    [2, 4, 5 / (2 - 0.1)],
    [3, 4, 5 / (2 - 0.4)],
    [4, 9, 10 / (2 - 1.5)],
  ])('P%i with %i ahead', (priority, ahead, minutes) => {
    expect((estimate(standing(priority, ahead))?.meanMs ?? 0) / MINUTE).toBeCloseTo(minutes, 9);
  });
  it('adds those who give up to those who are served', () => {
    const rates = { ...RATES, leaveRate: 0.1 / MINUTE };
    const expected = 1 / 2 + 1 / 2.1 + 1 / 2.2;
    expect((estimate(standing(1, 2), rates)?.meanMs ?? 0) / MINUTE).toBeCloseTo(expected, 9);
  });
  it('has nine of ten outcomes on each side within its range, nearly as exact Erlang laws do', () => {
    // Quantiles of the Erlang law with one, five and forty steps.
    for (const [steps, low, high] of [
      [1, -Math.log(0.9), Math.LN10],
      [5, 2.43259, 7.99359],
      [40, 32.19, 48.29],
    ] as const) {
      const found = estimate(standing(1, steps - 1));
      expect(((found?.lowMs ?? 0) * 2) / MINUTE).toBeCloseTo(low, steps > 5 ? 0 : 1);
      expect(((found?.highMs ?? 0) * 2) / MINUTE).toBeCloseTo(high, steps > 5 ? 0 : 1);
    }
  });
  it('is on average what strict priority makes everybody wait', () => {
    // Who is delayed meets as many ahead as a queue with one fast server holds, a geometric number for P1.
    const arrivals = ([1, 2, 3, 4] as const).map((each) => RATES.arrivalRates[each] * 10 * MINUTE);
    const [wait = 0] = priorityWaits(20, arrivals, 1);
    const load = RATES.arrivalRates[1] / (RATES.releaseRate ?? 1);
    let mean = 0;
    for (let ahead = 0; ahead < 60; ahead++)
      mean += (1 - load) * load ** ahead * (estimate(standing(1, ahead))?.meanMs ?? 0);
    const delayed = erlangC(
      20,
      arrivals.reduce((sum, rate) => sum + rate, 0),
    );
    expect((mean * delayed) / (10 * MINUTE)).toBeCloseTo(wait, 9);
  });
  it('is hidden while too little was seen, and where higher priorities leave nothing', () => {
    expect(estimate(standing(1, 0), { ...RATES, releaseRate: null })).toBeNull();
    const flooded = { ...RATES, arrivalRates: { ...RATES.arrivalRates, 3: 2 / MINUTE } };
    expect(estimate(standing(4, 0), flooded)).toBeNull();
    expect(estimate(standing(3, 0), flooded)).not.toBeNull();
    expect(estimate(standing(4, 0), { ...flooded, leaveRate: 0.2 / MINUTE })).not.toBeNull();
  });
  it('grows with everybody ahead, and its ends stand around its mean', () => {
    fc.assert(
      fc.property(
        fc.constantFrom<Priority>(1, 2, 3, 4),
        fc.nat(200),
        fc.boolean(),
        (priority, ahead, rescue) => {
          const settings = rescue ? DEFAULT_ORDER : STRICT;
          const less = estimate(standing(priority, ahead), RATES, settings);
          const more = estimate(standing(priority, ahead + 1), RATES, settings);
          expect(more?.meanMs).toBeGreaterThan(less?.meanMs ?? 0);
          expect(more?.highMs).toBeGreaterThan(less?.highMs ?? 0);
          expect(less?.lowMs).toBeLessThan(less?.meanMs ?? 0);
          expect(less?.highMs).toBeGreaterThan(less?.meanMs ?? 0);
        },
      ),
    );
  });
  it('trusts a rescuing order to take in time whose turn would come late', () => {
    const strict = estimate(standing(4, 60))?.meanMs ?? 0;
    expect(strict).toBeGreaterThan(TARGETS[4]);
    const rescued = estimate(standing(4, 60), RATES, DEFAULT_ORDER)?.meanMs ?? 0;
    expect(rescued).toBeCloseTo(TARGETS[4] + 0.3 * (strict - TARGETS[4]), 3);
    expect(estimate(standing(4, 10), RATES, DEFAULT_ORDER)).toEqual(estimate(standing(4, 10)));
  });
});

describe('the estimate of who is parked', () => {
  const parked = (waitedMinutes: number, ahead: number): Standing => ({
    ...standing(3, ahead),
    handoff: waiting('me', 3, waitedMinutes),
    isParked: true,
  });
  const minutes = (place: Standing, settings: OrderSettings) =>
    (estimate(place, RATES, settings)?.meanMs ?? 0) / MINUTE;
  it('is served by the share of the longest breached, or by what all arrivals leave', () => {
    expect(minutes(parked(20, 9), DEFAULT_ORDER)).toBeCloseTo(10 / (1.9 * 0.1), 9);
    expect(minutes(parked(20, 9), { ...DEFAULT_ORDER, agedShare: 0 })).toBeCloseTo(10 / 0.1, 9);
  });
  it('is not far longer than until the larger share comes, whatever was learnt', () => {
    const learnt = { mean: 3, low: 1, high: 1, samples: 500, outcomes: 0, forecasts: 0 };
    const found = (waitedMinutes: number) =>
      (estimate(parked(waitedMinutes, 9), RATES, DEFAULT_ORDER, { '3 parked': learnt })?.meanMs ?? 0) /
      MINUTE;
    expect(found(20)).toBeCloseTo((3 * 10) / (1.9 * 0.1), 9);
    expect(found(200)).toBeCloseTo(225 - 200, 6);
    expect(found(300)).toBeCloseTo(10 / (1.9 * 0.5), 9);
  });
  it('is hidden when nobody is left for them', () => {
    const full = { ...RATES, arrivalRates: { ...RATES.arrivalRates, 4: 2 / MINUTE } };
    expect(estimate(parked(20, 0), full, { ...DEFAULT_ORDER, agedShare: 0 })).toBeNull();
  });
});

describe('where somebody stands', () => {
  const line = [
    waiting('parked', 2, 9),
    waiting('low', 4, 59),
    waiting('normal', 3, 5),
    waiting('urgent', 1, 3),
    waiting('late', 3, 40),
    waiting('high', 2, 1),
  ];
  const placed = (settings: OrderSettings) =>
    standings(line, RATES, settings, NOW).map(({ handoff, position, ahead, isParked }) => [
      handoff.id,
      position,
      ahead,
      isParked,
    ]);
  it('is the order of priority and deadline under strict priority', () => {
    expect(placed(STRICT)).toEqual([
      ['urgent', 1, 0, false],
      ['parked', 2, 1, false],
      ['high', 3, 2, false],
      ['late', 4, 3, false],
      ['normal', 5, 4, false],
      ['low', 6, 5, false],
    ]);
  });
  it('passes over the breached under an order that rescues, and counts a lower one that is due before', () => {
    expect(placed(DEFAULT_ORDER)).toEqual([
      ['urgent', 1, 0, false],
      ['parked', 2, 1, true],
      ['high', 3, 2, false],
      ['late', 4, 0, true],
      ['normal', 5, 3, false],
      ['low', 6, 3, false],
    ]);
  });
  it('puts the next in line first of those in turn', () => {
    const some = fc.array(fc.tuple(fc.constantFrom<Priority>(1, 2, 3, 4), fc.integer({ min: 0, max: 90 })), {
      minLength: 1,
      maxLength: 40,
    });
    fc.assert(
      fc.property(some, (all) => {
        const everybody = all.map(([priority, waited], index) => waiting(`h${index}`, priority, waited));
        const found = standings(everybody, RATES, STRICT, NOW);
        const moment = { now: NOW, pulls: 0, releaseRate: 2 / MINUTE, urgentRate: 0, settings: STRICT };
        expect(found[0]?.handoff.id).toBe(nextInLine(everybody, moment)?.id);
        const places = standings(everybody, RATES, DEFAULT_ORDER, NOW);
        expect(places.map(({ position }) => position)).toEqual(everybody.map((_, index) => index + 1));
        expect(places.every(({ ahead }) => ahead >= 0 && ahead < everybody.length)).toBe(true);
      }),
    );
  });
});

describe('what is learnt', () => {
  const forecast = (corrections: WaitCorrections): WaitEstimate => {
    const found = estimate(standing(3, 4), RATES, DEFAULT_ORDER, corrections);
    if (!found) throw new Error('The estimate is hidden');
    return found;
  };
  it('moves nothing by one outcome alone, however far off', () => {
    const once = updateCorrection({}, forecast({}), 100 * forecast({}).meanMs);
    expect(forecast(once).meanMs / forecast({}).meanMs).toBeLessThan(1.2);
    expect(once['3']?.samples).toBe(1);
    expect(once['4']).toBeUndefined();
    expect(once['3 parked']).toBeUndefined();
  });
  it('comes to the mean, and to a range that holds four of five, of a law quite unlike the formula', () => {
    const { next } = randomFrom(11);
    let corrections: WaitCorrections = {};
    let below = 0;
    let above = 0;
    const raw = forecast({}).rawMs;
    for (let round = 0; round < 8000; round++) {
      const told = forecast(corrections);
      const outcome = raw * (next() < 0.5 ? 0.4 + 0.1 * next() : 1.6 + next());
      if (round >= 4000 && outcome < told.lowMs) below += 1;
      if (round >= 4000 && outcome > told.highMs) above += 1;
      corrections = updateCorrection(corrections, told, outcome);
    }
    expect(forecast(corrections).meanMs / raw).toBeCloseTo(0.5 * 0.45 + 0.5 * 2.1, 1);
    expect(below / 4000).toBeCloseTo(0.1, 1);
    expect(above / 4000).toBeCloseTo(0.1, 1);
  });
});

describe('estimates in the simulated queue', { timeout: 60_000 }, () => {
  const scenario: QueueScenario = {
    agents: 20,
    slotsPerAgent: 1,
    overflowSlots: 1,
    arrivals: { peak: 19.4 },
    mix: [0.05, 0.15, 0.6, 0.2],
    targets: [0.2, 0.5, 1.5, 6],
    handling: { mean: 1 },
    patience: null,
    customers: 40_000,
    warmUp: 0,
  };
  const study = (given: QueueScenario) =>
    studyWaitEstimates(
      {
        scenario: given,
        settings: DEFAULT_ORDER,
        learning: 12_000,
        judgedShare: 0.015,
        refreshRate: 0.4,
        futures: 30,
        memory: { handlingMs: 144, arrivalsMs: 24 },
      },
      (seed) => randomFrom(2_000_000 + seed * 7919).next,
    );
  const holds = (judged: readonly JudgedEstimate[]) => {
    const quality = qualityOf(judged);
    expect(quality.coverage).toBeGreaterThan(0.75);
    expect(quality.coverage).toBeLessThan(0.85);
    expect(quality.errorRatio).toBeLessThan(1.15);
    expect(quality.errorRatio).toBeLessThan(quality.byQueueLengthRatio);
    return quality;
  };
  it.each([
    ['20 slots, a load of 0.97', scenario],
    ['5 slots, a load of 0.9', { ...scenario, agents: 5, arrivals: { peak: 4.5 } }],
    ['a load of 1.1 and customers who give up', { ...scenario, arrivals: { peak: 22 }, patience: 3 }],
  ])('hold four of five waits and come near the best there can be: %s', (_, given) => {
    const judged = study(given);
    expect(judged.length).toBeGreaterThan(250);
    holds(judged);
    const joining = judged.filter(({ hasJustJoined }) => hasJustJoined);
    const quality = holds(joining);
    expect(quality.errorRatio).toBeLessThan(quality.byLastServedRatio);
    // The judge can say no.
    const longer = judged.map(({ estimate: { meanMs, lowMs, highMs, ...told }, ...each }) => {
      return { ...each, estimate: { ...told, meanMs: 3 * meanMs, lowMs: 3 * lowMs, highMs: 3 * highMs } };
    });
    expect(qualityOf(longer).errorRatio).toBeGreaterThan(1.3);
    expect(qualityOf(longer).coverage).toBeLessThan(0.6);
  });
});
