import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { shownWait } from './shown-wait';

const MINUTE = 60_000;
const told = (low: number, high: number) => {
  const shown = shownWait(low * MINUTE, high * MINUTE);
  return shown && [shown.lowMinutes, shown.highMinutes];
};

describe('a wait as it is told', () => {
  it.each([
    ['less than a minute', 0.1, 0.6, [0, 1]],
    ['a minute exactly', 0.4, 1, [0, 1]],
    ['under three minutes', 0.3, 2.2, [0, 3]],
    ['two to five minutes', 2.7, 4.1, [2, 5]],
    ['steps of five from ten minutes on', 6.4, 17, [6, 20]],
    ['steps of ten from half an hour on', 24, 41, [20, 50]],
    ['an hour and more', 55, 97, [50, 100]],
    ['hours', 100, 150, [60, 180]],
    ['under three hours', 50, 130, [0, 180]],
  ])('%s', (_, low, high, expected) => {
    expect(told(low, high)).toEqual(expected);
  });
  it('is nothing where it would say nothing', () => {
    expect(told(60, 8 * 60)).not.toBeNull();
    expect(told(60, 8 * 60 + 1)).toBeNull();
    expect(told(0, Number.POSITIVE_INFINITY)).toBeNull();
    expect(told(0, Number.NaN)).toBeNull();
  });
  it('holds the range it was made of, in whole minutes, and is never empty', () => {
    const minutes = fc.double({ min: 0, max: 480, noNaN: true });
    fc.assert(
      fc.property(minutes, minutes, (one, other) => {
        const [low, high] = one < other ? [one, other] : [other, one];
        const [lowMinutes = -1, highMinutes = -1] = told(low, high) ?? [];
        expect(lowMinutes).toBeGreaterThanOrEqual(0);
        expect(lowMinutes * MINUTE).toBeLessThanOrEqual(low * MINUTE);
        expect(highMinutes * MINUTE).toBeGreaterThanOrEqual(high * MINUTE - 1e-6);
        expect(Number.isInteger(lowMinutes) && Number.isInteger(highMinutes)).toBe(true);
        expect(highMinutes).toBeGreaterThan(0);
      }),
    );
  });
});
