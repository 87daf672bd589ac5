/** Where in the conversation a signal was seen. Offsets point into the message body, so that the log holds no words. */
export interface Evidence {
  messageId: string;
  start: number;
  end: number;
  note?: string;
}

export type SignalName =
  | 'human_request'
  | 'frustration'
  | 'legal'
  | 'medical'
  | 'financial'
  | 'security'
  | 'cancellation'
  | 'refund'
  | 'complaint'
  | 'loop'
  | 'out_of_scope'
  | 'low_confidence'
  | 'long_session';

/** One measured reason for a handoff. `value` and `threshold` are 0..1, a count or an amount, as the name says. */
export interface Signal {
  name: SignalName;
  value: number | null;
  threshold: number | null;
  fired: boolean;
  evidence: Evidence[];
}

const KEPT_AT_EVERY_TURN: readonly SignalName[] = ['frustration', 'loop', 'low_confidence', 'long_session'];

/** Measures are stored at every turn; a yes-or-no signal only where there is something to it. */
export function isWorthKeeping(signal: Signal): boolean {
  return signal.value === null
    ? signal.evidence.length > 0
    : signal.value > 0 || KEPT_AT_EVERY_TURN.includes(signal.name);
}
