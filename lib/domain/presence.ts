/** What an agent says of themself. Only who is available is given work. */
export const AGENT_STATUSES = ['available', 'busy', 'away', 'offline'] as const;
export type AgentStatus = (typeof AGENT_STATUSES)[number];

/** How long a server's word that it hears an agent holds, how often it gives it anew, and how long a gone agent keeps their conversations. */
export interface PresenceTimes {
  leaseMs: number;
  renewMs: number;
  graceMs: number;
}

const RENEW_MS = 15_000;

/**
 * What follows from the grace. A promise outlives two renewals, and the grace three: a second server that still hears the
 * agent has until then to say so.
 */
export function presenceTimes(graceMs: number): PresenceTimes {
  const renewMs = Math.min(RENEW_MS, Math.floor(graceMs / 4));
  return { leaseMs: 3 * renewMs, renewMs, graceMs };
}

/** Conversations at a time, until an admin says otherwise. */
export const DEFAULT_CAPACITY = 4;

/** Enough for anybody, and few enough to be read. */
export const MAX_CAPACITY = 50;

/** A tab says that its agent is active at most so often. */
export const ACTIVITY_TOLD_MS = 60_000;

/** From when on an agent without further input is away; null where they never are. Never early: the next word may be due. */
export function awayAt(activeAt: number | null, awayAfterMs: number | null): number | null {
  return activeAt === null || awayAfterMs === null ? null : activeAt + awayAfterMs + ACTIVITY_TOLD_MS;
}

/** Whoever was last active then, or before, is away now; null where nobody is. */
export function awayBefore(now: number, awayAfterMs: number | null): number | null {
  return awayAfterMs === null ? null : now - awayAfterMs - ACTIVITY_TOLD_MS;
}

/** What an agent says of themself; who says to be available is away once they have not been active for too long. */
export function activeStatus(
  { status, awayAt }: { status: AgentStatus; awayAt: number | null },
  now: number,
): AgentStatus {
  return status === 'available' && awayAt !== null && awayAt <= now ? 'away' : status;
}

/** What colleagues see: the hand wins; else whoever some server hears is available or away, and offline whom none hears. */
export function shownStatus(
  said: { status: AgentStatus; awayAt: number | null; connectedUntil: number | null },
  now: number,
): AgentStatus {
  if (said.status !== 'available') return said.status;
  if (said.connectedUntil === null || said.connectedUntil <= now) return 'offline';
  return activeStatus(said, now);
}
