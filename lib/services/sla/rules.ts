import { readLateAt } from '@/db/queries/callbacks';
import type { HandoffRow } from '@/db/queries/conversation-rows';
import type { SlaRules } from '@/lib/domain/sla';
import type { SlaTargets } from '@/lib/domain/sla-policy';
import type { Context } from '../context';

/** What the clocks of a handoff are held to: the policy, or the hour that was promised for a call. */
export async function slaRulesOf(
  ctx: Context,
  handoff: Pick<HandoffRow, 'id' | 'path' | 'teamId' | 'queuedAt'>,
): Promise<SlaRules> {
  const lateAt = handoff.path === 'callback' ? await readLateAt(ctx.db, handoff.id) : null;
  if (lateAt === null) return ctx.settings.slaRules(handoff.teamId);
  return callbackRules(lateAt, handoff.queuedAt ?? ctx.now());
}

/** A call has one clock, from when it stands in the queue until it was promised; nothing else of the policy holds for it. */
export function callbackRules(lateAt: number, queuedAt: number): SlaRules {
  const targets: SlaTargets = {
    firstResponseMs: Math.max(1000, lateAt - queuedAt),
    nextResponseMs: null,
    resolutionMs: null,
  };
  return {
    policy: { version: 0, clock: 'always', targets: { 1: targets, 2: targets, 3: targets, 4: targets } },
    calendar: null,
    calendarVersion: null,
  };
}
