import { describe, expect, it } from 'vitest';
import { ACTIVITY_TOLD_MS, type AgentStatus, awayAt, presenceTimes, shownStatus } from './presence';

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
  const shown = (
    status: AgentStatus,
    connectedUntil: number | null,
    now: number,
    awayAt: number | null = null,
  ) => shownStatus({ status, connectedUntil, awayAt }, now);

  it('is what the agent says; of who says nothing, whether somebody hears them', () => {
    expect(shown('available', 11, 10)).toBe('available');
    expect(shown('available', 10, 10)).toBe('offline');
    expect(shown('available', null, 10)).toBe('offline');
    for (const said of ['busy', 'away', 'offline'] as const) {
      expect(shown(said, 11, 10, 1)).toBe(said);
      expect(shown(said, null, 10)).toBe(said);
    }
  });
  it('is away once nothing was typed or moved for long enough, and offline once nobody hears them', () => {
    expect(shown('available', 20, 10, 11)).toBe('available');
    expect(shown('available', 20, 10, 10)).toBe('away');
    expect(shown('available', 10, 10, 1)).toBe('offline');
  });
});

describe('the instant from which an agent is away', () => {
  it('comes after the time an admin set, and never before a tab could have said otherwise', () => {
    expect(awayAt(1000, 600_000)).toBe(1000 + 600_000 + ACTIVITY_TOLD_MS);
    expect(awayAt(1000, null)).toBeNull();
    expect(awayAt(null, 600_000)).toBeNull();
  });
});
