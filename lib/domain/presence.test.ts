import { describe, expect, it } from 'vitest';
import { presenceTimes, shownStatus } from './presence';

describe('presence times', () => {
  it('follow from the grace', () => {
    expect(presenceTimes(60_000)).toEqual({ leaseMs: 45_000, renewMs: 15_000, graceMs: 60_000 });
    expect(presenceTimes(600_000)).toEqual({ leaseMs: 45_000, renewMs: 15_000, graceMs: 600_000 });
    expect(presenceTimes(20_000)).toEqual({ leaseMs: 15_000, renewMs: 5000, graceMs: 20_000 });
  });

  it('are never such that a server which hears the agent comes too late to say so', () => {
    for (let graceMs = 400; graceMs <= 600_000; graceMs += 371) {
      const { leaseMs, renewMs } = presenceTimes(graceMs);
      expect(Math.min(leaseMs / 2, graceMs)).toBeGreaterThan(renewMs);
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
