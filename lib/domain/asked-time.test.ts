import { describe, expect, it } from 'vitest';
import { ANY_TIME, type AskedTime, instantAsked } from './asked-time';

const saidAt = Date.parse('2026-11-25T09:00:00Z'); // a Wednesday
const asked = (part: Partial<AskedTime>, timeZone = 'Europe/Oslo') => {
  const at = instantAsked({ ...ANY_TIME, ...part }, saidAt, timeZone);
  return at === null ? null : new Date(at).toISOString().slice(0, 16);
};

describe('the instant somebody asks for', () => {
  it('is by their own clock', () => {
    expect(asked({ days: 1, minute: 15 * 60 })).toBe('2026-11-26T14:00');
    expect(asked({ days: 1, minute: 15 * 60 }, 'Asia/Tokyo')).toBe('2026-11-26T06:00');
    expect(asked({ days: 1 })).toBe('2026-11-25T23:00');
    expect(asked({ weekday: 4, minute: 600 })).toBe('2026-11-27T09:00');
    expect(asked({ inMinutes: 90 })).toBe('2026-11-25T10:30');
  });

  it('is on the next day where it is past on this one', () => {
    expect(asked({ minute: 9 * 60 })).toBe('2026-11-26T08:00');
    expect(asked({ minute: 11 * 60 })).toBe('2026-11-25T10:00');
    expect(asked({ weekday: 2, minute: 9 * 60 })).toBe('2026-12-02T08:00');
    expect(asked({ weekday: 2 })).toBe('2026-11-25T09:00');
    expect(asked({ days: 0, minute: 9 * 60 })).toBe('2026-11-25T09:00');
  });

  it('keeps the hour when the clocks change meanwhile', () => {
    const before = Date.parse('2026-10-24T10:00:00Z');
    const at = instantAsked({ ...ANY_TIME, days: 1, minute: 15 * 60 }, before, 'Europe/Oslo');
    expect(new Date(at ?? 0).toISOString()).toBe('2026-10-25T14:00:00.000Z');
  });

  it('is none where nothing was said of it', () => {
    expect(asked({})).toBeNull();
  });
});
