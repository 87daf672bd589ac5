import type { Priority } from './handoff';

export const SLA_METRICS = ['first_response', 'next_response', 'resolution'] as const;
export type SlaMetric = (typeof SLA_METRICS)[number];

/** What a handoff of one priority is promised, in ms of the policy's clock. Null: nothing. */
export interface SlaTargets {
  firstResponseMs: number | null;
  nextResponseMs: number | null;
  resolutionMs: number | null;
}

export interface SlaPolicy {
  version: number;
  /** `business` counts while the team's calendar is open, `always` around the clock. */
  clock: 'business' | 'always';
  targets: Readonly<Record<Priority, SlaTargets>>;
}

/** The share of its target after which a clock is at risk. */
export const AT_RISK_SHARE = 0.8;

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

export const DEFAULT_SLA_POLICY: SlaPolicy = {
  version: 1,
  clock: 'business',
  targets: {
    1: { firstResponseMs: 2 * MINUTE, nextResponseMs: 2 * MINUTE, resolutionMs: HOUR },
    2: { firstResponseMs: 5 * MINUTE, nextResponseMs: 5 * MINUTE, resolutionMs: 4 * HOUR },
    3: { firstResponseMs: 15 * MINUTE, nextResponseMs: 15 * MINUTE, resolutionMs: 24 * HOUR },
    4: { firstResponseMs: 60 * MINUTE, nextResponseMs: 60 * MINUTE, resolutionMs: 72 * HOUR },
  },
};

/** What the policy promises for this metric, in ms; null for nothing. */
export function slaTarget(policy: SlaPolicy, priority: Priority, metric: SlaMetric): number | null {
  const targets = policy.targets[priority];
  switch (metric) {
    case 'first_response':
      return targets.firstResponseMs;
    case 'next_response':
      return targets.nextResponseMs;
    case 'resolution':
      return targets.resolutionMs;
  }
}
