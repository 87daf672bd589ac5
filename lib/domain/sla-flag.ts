import { type ClockState, clockState, type SlaLedger } from './sla-ledger';
import { SLA_METRICS, type SlaMetric } from './sla-policy';

/** overdue: a clock runs on past its deadline. late: one was met after it. at_risk: one was warned of and still runs. */
export const SLA_FLAGS = ['overdue', 'late', 'at_risk'] as const;
export type SlaFlag = (typeof SLA_FLAGS)[number];

export interface Flagged {
  flag: SlaFlag;
  /** The deadline that it is about. */
  dueAt: number;
}

/**
 * What the marks of a ledger make of its handoff, the gravest first and of those the earliest deadline, as the badge shows
 * it. Time alone changes nothing here: a flag comes and goes with a mark, so that everybody sees it at the same event.
 */
export function slaFlag(ledger: SlaLedger): Flagged | null {
  const flags = SLA_METRICS.flatMap((metric) => {
    const state = clockState(ledger, metric);
    return state === null ? [] : (flagOf(metric, state) ?? []);
  });
  return flags.sort((a, b) => gravity(a) - gravity(b) || a.dueAt - b.dueAt)[0] ?? null;
}

const gravity = ({ flag }: Flagged) => SLA_FLAGS.indexOf(flag);

function flagOf(metric: SlaMetric, { terms, breach, stopped, warned }: ClockState): Flagged | null {
  const { dueAt } = terms;
  if (dueAt === null) return null;
  if (stopped === null) {
    if (breach !== null) return { flag: 'overdue', dueAt };
    return warned.includes(dueAt) ? { flag: 'at_risk', dueAt } : null;
  }
  // A turn that is over is over: the next one has a clock of its own.
  return breach !== null && metric !== 'next_response' ? { flag: 'late', dueAt } : null;
}
