import type { TimerWrite } from '@/db/commit';

export const SLA_DUE = 'sla.due';

/** One timer for all clocks of a conversation's open handoff. */
export const SLA_KEY = 'sla:';
export const slaKey = (conversationId: string) => `${SLA_KEY}${conversationId}`;

/** The clocks are looked at then; at once when a fact changed. */
export function slaTimer(conversationId: string, dueAt: number, when?: TimerWrite['when']): TimerWrite {
  return { key: slaKey(conversationId), kind: SLA_DUE, dueAt, ...(when ? { when } : {}) };
}
