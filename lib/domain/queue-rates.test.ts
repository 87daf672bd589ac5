import { describe, expect, it } from 'vitest';
import { randomFrom } from '@/db/seed/random';
import {
  countArrival,
  countHandled,
  countWait,
  MEMORY,
  type QueueCounts,
  ratesOf,
  startCounting,
} from './queue-rates';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const handle = (counts: QueueCounts, times: number, handlingMs: number, at: number) =>
  Array.from({ length: times }).reduce<QueueCounts>((sum) => countHandled(sum, handlingMs, at), counts);

describe('measured rates', () => {
  it('hide the release rate until twenty were handled', () => {
    const few = handle(startCounting(0), 19, 10 * MINUTE, HOUR);
    expect(ratesOf(few, 6, HOUR).releaseRate).toBeNull();
    const enough = handle(few, 1, 10 * MINUTE, HOUR);
    expect(ratesOf(enough, 6, HOUR).releaseRate).toBeCloseTo(6 / (10 * MINUTE), 12);
    expect(ratesOf(enough, 0, HOUR).releaseRate).toBeNull();
  });
  it('follow a change of handling time, slowly', () => {
    let counts = handle(startCounting(0), 1000, 10 * MINUTE, 0);
    counts = handle(counts, 1000, 20 * MINUTE, MEMORY.handlingMs);
    const rate = ratesOf(counts, 1, MEMORY.handlingMs).releaseRate ?? 0;
    expect(1 / rate / MINUTE).toBeCloseTo((10 * Math.exp(-1) + 20) / (Math.exp(-1) + 1), 9);
  });
  it('find the rates of arrivals, from the first hour on', () => {
    const { next } = randomFrom(5);
    let counts = startCounting(0);
    let arrival = 0;
    const seen: number[] = [];
    for (let hour = 1; hour <= 40; hour++) {
      while (arrival < hour * HOUR) {
        counts = countArrival(counts, next() < 0.25 ? 2 : 3, arrival);
        arrival += -MINUTE * Math.log(1 - next());
      }
      const { arrivalRates } = ratesOf(counts, 1, hour * HOUR);
      expect(arrivalRates[1]).toBe(0);
      expect((arrivalRates[2] + arrivalRates[3]) * MINUTE).toBeGreaterThan(0.7);
      expect((arrivalRates[2] + arrivalRates[3]) * MINUTE).toBeLessThan(1.3);
      seen.push(arrivalRates[2] * MINUTE);
    }
    expect(seen.reduce((sum, rate) => sum + rate, 0) / seen.length).toBeCloseTo(0.25, 1);
  });
  it('let arrivals fade when nobody comes', () => {
    const counts = countArrival(countArrival(startCounting(0), 4, HOUR), 4, HOUR);
    const before = ratesOf(counts, 1, HOUR).arrivalRates[4];
    expect(ratesOf(counts, 1, 20 * HOUR).arrivalRates[4]).toBeLessThan(before / 20);
    expect(ratesOf(startCounting(7), 1, 7).arrivalRates[4]).toBe(0);
  });
  it('count who gives up over all the time that was waited', () => {
    let counts = startCounting(0);
    expect(ratesOf(counts, 1, 0).leaveRate).toBe(0);
    for (const left of [true, false, false, true]) counts = countWait(counts, 5 * MINUTE, left, HOUR);
    expect(ratesOf(counts, 1, HOUR).leaveRate).toBeCloseTo(2 / (20 * MINUTE), 12);
  });
});
