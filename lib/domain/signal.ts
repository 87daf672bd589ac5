/** Where in the conversation a signal was seen. Offsets point into the message body, so that the log holds no words. */
export interface Evidence {
  messageId: string;
  start: number;
  end: number;
  note?: string;
}

export const SIGNAL_NAMES = [
  'human_request',
  'legal',
  'medical',
  'financial',
  'security',
  'compliance',
  'regulated_transaction',
  'sensitive_change',
  'refund_over_limit',
  'cancellation',
  'refund',
  'billing_dispute',
  'complaint',
  'policy_exception',
  'enterprise',
  'frustration',
  'loop',
  'multi_question',
  'topic_switches',
  'low_confidence',
  'out_of_scope',
  'long_session',
  'polarity',
  'engagement',
  'pages',
  'time',
] as const;
export type SignalName = (typeof SIGNAL_NAMES)[number];

/** One measured reason for a handoff. `value` and `threshold` are 0..1, a count or an amount, as the name says. */
export interface Signal {
  name: SignalName;
  value: number | null;
  threshold: number | null;
  fired: boolean;
  evidence: Evidence[];
}

const KEPT_AT_EVERY_TURN: readonly SignalName[] = [
  'frustration',
  'loop',
  'low_confidence',
  'long_session',
  'polarity',
];

/** Measures are stored at every turn; a yes-or-no signal only where there is something to it. */
export function isWorthKeeping(signal: Signal): boolean {
  return signal.value === null
    ? signal.evidence.length > 0
    : signal.value > 0 || KEPT_AT_EVERY_TURN.includes(signal.name);
}
