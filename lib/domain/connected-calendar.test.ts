import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { busyIn, freshnessOf, HOLDS_MS, waitToRead } from './connected-calendar';
import { mergeSpans, withoutSpan } from './spans';

const HOUR = 60 * 60_000;
const now = Date.UTC(2026, 10, 25, 12);
const window = { start: now, end: now + 10 * HOUR };
const hours = (start: number, end: number) => ({ start: now + start * HOUR, end: now + end * HOUR });
const known = { busy: [hours(1, 2)], readAt: now - HOUR, knownUntil: now + 100 * HOUR };

describe('times that are taken', () => {
  it('are those of all calendars together', () => {
    const other = { ...known, busy: [hours(2, 3), hours(5, 6)] };
    expect(busyIn([known, other], now, window)).toEqual([hours(1, 3), hours(5, 6)]);
    expect(busyIn([], now, window)).toEqual([]);
  });

  it('past what was read nothing is free', () => {
    expect(busyIn([{ ...known, knownUntil: now + 8 * HOUR }], now, window)).toEqual([
      hours(1, 2),
      hours(8, 10),
    ]);
  });

  it('what was read holds for a day, and then nothing is free', () => {
    expect(busyIn([{ ...known, readAt: now - HOLDS_MS + 1 }], now, window)).toEqual([hours(1, 2)]);
    expect(busyIn([{ ...known, readAt: now - HOLDS_MS }], now, window)).toEqual([window]);
  });

  it('minute by minute are what the spans say, merged or with a hole', () => {
    const minutes = fc.tuple(fc.integer({ min: -5, max: 60 }), fc.integer({ min: 0, max: 30 }));
    const spanOf = ([start, length]: [number, number]) => ({ start, end: start + length });
    fc.assert(
      fc.property(fc.array(minutes, { maxLength: 8 }), minutes, (made, gap) => {
        const spans = made.map(spanOf);
        const hole = spanOf(gap);
        const whole = { start: 0, end: 50 };
        const merged = mergeSpans(spans, whole);
        const within = (minute: number, given: readonly { start: number; end: number }[]) =>
          given.some(({ start, end }) => start <= minute && minute < end);
        for (let minute = -6; minute < 95; minute += 1) {
          const taken = within(minute, spans) && within(minute, [whole]);
          expect(within(minute, merged)).toBe(taken);
          expect(within(minute, withoutSpan(merged, hole))).toBe(taken && !within(minute, [hole]));
        }
        for (const [index, span] of merged.entries()) {
          expect(span.start).toBeLessThan(span.end);
          if (index > 0) expect(span.start).toBeGreaterThan(merged[index - 1]?.end ?? 0);
        }
      }),
    );
  });
});

describe('how far a calendar is to be trusted', () => {
  it.each([
    [1, null, 'fresh'],
    [29, null, 'fresh'],
    [30, null, 'late'],
    [1, 'no answer', 'late'],
    [24 * 60, null, 'lost'],
  ])('read %i minutes ago, trouble %s: %s', (minutes, reason, freshness) => {
    const trouble = reason === null ? null : { reason, since: now };
    expect(freshnessOf({ readAt: now - minutes * 60_000, trouble }, now)).toBe(freshness);
  });

  it('is tried again after one minute, two, four, and every quarter of an hour for ever', () => {
    expect([1, 2, 3, 4, 5, 500].map((failures) => waitToRead(failures) / 60_000)).toEqual([
      1, 2, 4, 8, 15, 15,
    ]);
  });
});
