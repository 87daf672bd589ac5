import { describe, expect, it } from 'vitest';
import { endsNextDay, tidyTime } from './written-time';

describe('a time as people write it', () => {
  it.each([
    ['9', '09:00'],
    ['09', '09:00'],
    ['930', '09:30'],
    ['9:30', '09:30'],
    ['9.30', '09:30'],
    [' 17:05 ', '17:05'],
    ['24', '24:00'],
    ['noon', 'noon'],
    ['', ''],
    ['9:3', '9:3'],
  ])('%j becomes %s', (text, tidy) => {
    expect(tidyTime(text)).toBe(tidy);
  });
  it.each([
    ['22:00', '06:00', true],
    ['22:00', '00:00', true],
    ['09:00', '17:00', false],
    ['09:00', '24:00', false],
    ['09:00', '09:00', false],
    ['22:00', '6', false],
  ])('%s to %s ends on the next day: %s', (from, to, ends) => {
    expect(endsNextDay(from, to)).toBe(ends);
  });
});
