import { describe, expect, it } from 'vitest';
import { presenceTimes, shownStatus } from './presence';

describe('presence times', () => {
  const shipped = { leaseMs: 45_000, renewMs: 15_000, graceMs: 60_000 };

  it('are the shipped ones, each of which a setting may replace', () => {
    expect(presenceTimes(undefined)).toEqual(shipped);
    expect(presenceTimes({ graceMs: 90_000 })).toEqual({ ...shipped, graceMs: 90_000 });
    expect(presenceTimes({ leaseMs: 300, renewMs: 100, graceMs: 200, more: 1 })).toEqual({
      leaseMs: 300,
      renewMs: 100,
      graceMs: 200,
    });
  });

  it('are never such that a server which hears the agent comes too late to say so', () => {
    for (const wrong of [
      { graceMs: 15_000 },
      { leaseMs: 15_000 },
      { renewMs: 0 },
      { graceMs: '90' },
      'x',
      null,
    ]) {
      expect(presenceTimes(wrong)).toEqual(shipped);
    }
  });
});

describe('the status that colleagues see', () => {
  it('is what the agent says; of who says nothing, whether somebody hears them', () => {
    expect(shownStatus('available', 11, 10)).toBe('available');
    expect(shownStatus('available', 10, 10)).toBe('offline');
    expect(shownStatus('available', null, 10)).toBe('offline');
    for (const said of ['busy', 'away', 'offline'] as const) {
      expect(shownStatus(said, 11, 10)).toBe(said);
      expect(shownStatus(said, null, 10)).toBe(said);
    }
  });
});
