import type { SlaClock } from './sla-ledger';

/** A clock as the desk shows it; the time it has left is reckoned where it is shown. */
export type SlaClockView = Pick<
  SlaClock,
  'metric' | 'status' | 'startedAt' | 'targetMs' | 'atRiskAt' | 'dueAt' | 'breachedAt' | 'metAt' | 'stoppedAt'
>;
