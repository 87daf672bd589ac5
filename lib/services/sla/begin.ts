import type { Change } from '@/db/commit';
import type { Priority } from '@/lib/domain/handoff';
import { advanceSla } from '@/lib/domain/sla';
import type { SlaLedger } from '@/lib/domain/sla-ledger';
import type { Context } from '../context';
import { slaTimer } from './sla-timer';

/** The clocks of a handoff that enters Pending Handoff now, and the timer of their first instant. */
export function beginSla(
  ctx: Context,
  conversationId: string,
  teamId: string | null,
  priority: Priority,
  rules = ctx.settings.slaRules(teamId),
): { sla: SlaLedger; upsertTimers: NonNullable<Change['upsertTimers']> } {
  const { ledger, nextDueAt } = advanceSla(
    [],
    {
      queuedAt: ctx.now(),
      priority,
      firstReplyAt: null,
      awaitingSince: null,
      answered: null,
      endedAt: null,
      outcome: null,
    },
    rules,
    ctx.now(),
  );
  return { sla: ledger, upsertTimers: nextDueAt === null ? [] : [slaTimer(conversationId, nextDueAt)] };
}
