import type { Priority } from './handoff';

/** What the order of service knows of a waiting handoff. Times in ms; any other unit will do if rates are in it too. */
export interface WaitingHandoff {
  id: string;
  priority: Priority;
  queuedAt: number;
  /** Deadline of the first response; null where no target applies. */
  dueAt: number | null;
  targetMs: number;
  /** The raw score, which orders those of one deadline. */
  score?: number;
}

export type LowerPriority = Exclude<Priority, 1>;
export const LOWER_PRIORITIES: readonly LowerPriority[] = [2, 3, 4];

/** The order within a priority: by deadline, which for one target is by arrival; of one deadline by score. */
export function byDeadline(a: WaitingHandoff, b: WaitingHandoff): number {
  const [dueA, dueB] = [a.dueAt ?? Number.POSITIVE_INFINITY, b.dueAt ?? Number.POSITIVE_INFINITY];
  if (dueA !== dueB) return dueA < dueB ? -1 : 1;
  const ahead = (b.score ?? 0) - (a.score ?? 0);
  if (ahead !== 0) return ahead;
  if (a.queuedAt !== b.queuedAt) return a.queuedAt - b.queuedAt;
  return a.id < b.id ? -1 : a.id > b.id ? 1 : 0;
}

export function isBreached(handoff: WaitingHandoff, now: number): boolean {
  return handoff.dueAt !== null && handoff.dueAt < now;
}
