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

/** What colleagues see: the hand wins; who says nothing else is available while some server hears them. */
export function shownStatus(status: AgentStatus, connectedUntil: number | null, now: number): AgentStatus {
  if (status !== 'available') return status;
  return connectedUntil !== null && connectedUntil > now ? 'available' : 'offline';
}
