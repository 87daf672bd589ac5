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
