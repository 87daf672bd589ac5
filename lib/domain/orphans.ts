import { type NextStep, nextStep, type RoutedHandoff } from './next-step';
import type { RoutingSettings } from './routing-settings';

/** What is kept on the clock: who fires it asks for the handoff's next step anew. */
export interface RoutingTimer {
  handoffId: string;
  at: number;
}

export type OrphanReason =
  | 'nobody_can_take'
  | 'no_timer'
  | 'timer_late'
  | 'timer_overdue'
  | 'due_step_not_taken';

export interface Orphan {
  handoffId: string;
  reason: OrphanReason;
  step: NextStep;
}

/**
 * The waiting handoffs without a next step; empty proves that none is. What is due later needs a timer not after it,
 * what is due now one about to fire, and who waits for an agent one who could come. A timer fires within `graceMs`.
 */
export function orphans(
  waiting: readonly { handoff: RoutedHandoff; settings: RoutingSettings }[],
  timers: readonly RoutingTimer[],
  now: number,
  graceMs: number,
): Orphan[] {
  const firstTimer = new Map<string, number>();
  for (const { handoffId, at } of timers) {
    firstTimer.set(handoffId, Math.min(at, firstTimer.get(handoffId) ?? at));
  }
  return waiting.flatMap(({ handoff, settings }) => {
    const step = nextStep(handoff, settings, now);
    const reason = whyOrphaned(step, firstTimer.get(handoff.id), now, graceMs);
    return reason ? [{ handoffId: handoff.id, reason, step }] : [];
  });
}

function whyOrphaned(
  step: NextStep,
  timerAt: number | undefined,
  now: number,
  graceMs: number,
): OrphanReason | null {
  if (step.kind === 'none') return 'nobody_can_take';
  if (step.kind === 'wait') return null;
  const isDue = step.at <= now;
  if (timerAt === undefined) return isDue ? 'due_step_not_taken' : 'no_timer';
  if (timerAt < now - graceMs) return 'timer_overdue';
  if (isDue) return timerAt > now + graceMs ? 'due_step_not_taken' : null;
  return timerAt > step.at ? 'timer_late' : null;
}
