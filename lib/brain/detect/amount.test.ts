import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ENGLISH } from '../language/en';
import { amountsIn, readNumber } from './amount';

describe('readNumber', () => {
  it.each([
    ['640', 640],
    ['1,240', 1240],
    ['1.240', 1240],
    ['1.240,50', 1240.5],
    ['1,240.50', 1240.5],
    ['1 240,50', 1240.5],
    ['2318,75', 2318.75],
    ['12.5', 12.5],
    ['1’240.00', 1240],
    ['1.240.500', 1240500],
  ])('%s is %d', (written, value) => expect(readNumber(written)).toBe(value));

  it('reads both ways of writing the same amount alike', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 99_999_999 }), (cents) => {
        const english = (cents / 100).toLocaleString('en-GB', { minimumFractionDigits: 2 });
        const german = english.replace(/,/g, '_').replace('.', ',').replace(/_/g, '.');
        expect(readNumber(english)).toBeCloseTo(cents / 100, 6);
        expect(readNumber(german)).toBeCloseTo(cents / 100, 6);
      }),
    );
  });
});

describe('amountsIn', () => {
  it.each([
    ['I paid €640 for it', 640, 'EUR'],
    ['it was 612,50 € in total', 612.5, 'EUR'],
    ['£1,240 please', 1240, 'GBP'],
    ['899 dollars', 899, 'USD'],
    ['five hundred and forty dollars', 540, 'USD'],
    ['two thousand three hundred euros', 2300, 'EUR'],
    ['kr 4 500', 4500, 'NOK'],
    ['4500 NOK', 4500, 'NOK'],
  ])('%s', (text, value, currency) => {
    expect(amountsIn(text, ENGLISH)).toMatchObject([{ value, currency }]);
  });

  it.each(['order 10428', 'I have two dogs', 'Ridgeline 2', 'in 30 days', '50% off', 'A-10428'])(
    'none in "%s"',
    (text) => {
      expect(amountsIn(text, ENGLISH)).toEqual([]);
    },
  );

  it('gives the words as they were written', () => {
    expect(amountsIn('so €640, please', ENGLISH)[0]).toMatchObject({
      text: '€640',
      span: { start: 3, end: 7 },
    });
  });
});
