/** What an agent says of themself. Only who is available is given work. */
export const AGENT_STATUSES = ['available', 'busy', 'away', 'offline'] as const;
export type AgentStatus = (typeof AGENT_STATUSES)[number];

/** How long a server's word that it hears an agent holds, how often it gives it anew, and how long a gone agent keeps their conversations. */
export interface PresenceTimes {
  leaseMs: number;
  renewMs: number;
  graceMs: number;
}

const TIMES: PresenceTimes = { leaseMs: 45_000, renewMs: 15_000, graceMs: 60_000 };

/**
 * The shipped times with what the setting `presence` says. A promise must outlive the next renewal, and the grace too: a
 * second server that still hears the agent takes until then to say so. A setting that breaks this is not followed.
 */
export function presenceTimes(setting: unknown): PresenceTimes {
  const given = typeof setting === 'object' && setting !== null ? setting : {};
  const times = { ...TIMES, ...given };
  const usable =
    Object.values(times).every((ms) => Number.isInteger(ms) && ms > 0) &&
    times.leaseMs > times.renewMs &&
    times.graceMs > times.renewMs;
  return usable ? { leaseMs: times.leaseMs, renewMs: times.renewMs, graceMs: times.graceMs } : TIMES;
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
