import { readLateAt } from '@/db/queries/callbacks';
import type { HandoffRow } from '@/db/queries/conversation-rows';
import type { Priority } from '@/lib/domain/handoff';
import type { SlaRules } from '@/lib/domain/sla';
import type { SlaTargets } from '@/lib/domain/sla-policy';
import type { Context } from '../context';

/** What the clocks of a handoff are held to: the policy, or the hour that was promised for a call. */
export async function slaRulesOf(
  ctx: Context,
  handoff: Pick<HandoffRow, 'id' | 'path' | 'teamId' | 'queuedAt'>,
): Promise<SlaRules> {
  const lateAt = handoff.path === 'callback' ? await readLateAt(ctx.db, handoff.id) : null;
  const rules = ctx.settings.slaRules(handoff.teamId);
  if (lateAt === null) return handoff.path === 'follow_up' ? followUpRules(rules) : rules;
  return callbackRules(lateAt, handoff.queuedAt ?? ctx.now());
}

const FOLLOW_UP_WITHIN_MS = 4 * 60 * 60_000;

/** Whoever leaves an address is told that we write within four hours of the team's: no target is longer. */
export function followUpRules(rules: SlaRules): SlaRules {
  const { targets } = rules.policy;
  const capped = (priority: Priority) => {
    const { firstResponseMs: own } = targets[priority];
    return {
      ...targets[priority],
      firstResponseMs: Math.min(own ?? FOLLOW_UP_WITHIN_MS, FOLLOW_UP_WITHIN_MS),
    };
  };
  return {
    ...rules,
    policy: { ...rules.policy, targets: { 1: capped(1), 2: capped(2), 3: capped(3), 4: capped(4) } },
  };
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
