import type { SlaClockView } from './sla-view';

/**
 * The one clock to show in little space, with its status as of `now`: a breached one (first one that still runs, the
 * longest overdue), else at risk, else running (the nearest deadline of each), else paused, else met (the latest). Null
 * where there is nothing to show: a clock without a deadline, or ended without a verdict. Runs in the browser as well.
 */
export function slaBadge<C extends SlaClockView>(clocks: readonly C[], now: number): C | null {
  const shown = clocks.map((clock) => asOf(clock, now)).filter((clock) => ranks(clock) !== null);
  return shown.sort((a, b) => Number(ranks(a)) - Number(ranks(b)) || urgency(a) - urgency(b))[0] ?? null;
}

/** The clock with the status that time alone has brought it to. */
function asOf<C extends SlaClockView>(clock: C, now: number): C {
  if (clock.stoppedAt !== null || clock.breachedAt !== null) return clock;
  if (clock.dueAt !== null && clock.dueAt <= now)
    return { ...clock, status: 'breached', breachedAt: clock.dueAt };
  if (clock.atRiskAt !== null && clock.atRiskAt <= now) return { ...clock, status: 'at_risk' };
  return clock;
}

function ranks({ status, stoppedAt, dueAt }: SlaClockView): number | null {
  switch (status) {
    case 'breached':
      return stoppedAt === null ? 0 : 1;
    case 'at_risk':
      return 2;
    case 'running':
      return dueAt === null ? null : 3;
    case 'paused':
      return 4;
    case 'met':
      return 5;
    case 'ended':
      return null;
  }
}

/** Less is more urgent, among clocks of one status. */
function urgency({ status, dueAt, metAt }: SlaClockView): number {
  return status === 'met' ? -(metAt ?? 0) : (dueAt ?? 0);
}
