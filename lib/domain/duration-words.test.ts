import { describe, expect, it } from 'vitest';
import { durationOf, durationWords } from './duration-words';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

describe('a duration in words', () => {
  it.each([
    [null, '—'],
    [6000, '6 s'],
    [MINUTE, '1 min'],
    [90_000, '90 s'],
    [2 * MINUTE, '2 min'],
    [2.5 * MINUTE, '2 min 30 s'],
    [HOUR, '1 h'],
    [1.5 * HOUR, '1 h 30 min'],
    [24 * HOUR, '24 h'],
    [36 * HOUR, '36 h'],
    [50 * HOUR, '50 h'],
    [72 * HOUR, '3 days'],
  ])('%s is %s', (ms, words) => {
    expect(durationWords(ms)).toBe(words);
  });

  it('is read back as it was written, to the millisecond', () => {
    for (let ms = 1000; ms < 90 * 24 * HOUR; ms = Math.round(ms * 1.37 + 1)) {
      expect(durationOf(durationWords(ms)), durationWords(ms)).toBe(ms);
    }
  });

  it.each([
    ['2m', 2 * MINUTE],
    ['2 minutes', 2 * MINUTE],
    [' 1h30min ', 1.5 * HOUR],
    ['1.5 h', 1.5 * HOUR],
    ['1,5 hours', 1.5 * HOUR],
    ['3 Days', 72 * HOUR],
    ['1 week', 168 * HOUR],
    ['2 hrs', undefined],
    ['', null],
    ['-', null],
    ['none', null],
    ['15', undefined],
    ['min', undefined],
    ['2 min or so', undefined],
    ['1 min 30', undefined],
    ['0 s', 0],
    ['3 constructor', undefined],
  ])('%j is read as %s', (text, ms) => {
    expect(durationOf(text)).toBe(ms);
  });
});
