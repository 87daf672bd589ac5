import type { Mood, Reason } from '@/lib/domain/handoff';
import type { Judgement, Thresholds } from '@/lib/domain/judgement';
import type { Signal, SignalName } from '@/lib/domain/signal';
import { OFFER_CAUSES, type OfferCause } from './language/texts';

/**
 * Which cause decides when several stand together: what the customer asks for, then what no bot may handle, then the
 * admin's rules, then how the talk goes.
 */
export const PRECEDENCE: readonly OfferCause[] = OFFER_CAUSES;

const REASON_OF: Readonly<Record<OfferCause, Reason>> = {
  human_request: 'requested_by_customer',
  legal: 'sensitive_topic',
  medical: 'sensitive_topic',
  financial: 'sensitive_topic',
  security: 'sensitive_topic',
  compliance: 'sensitive_topic',
  regulated_transaction: 'sensitive_topic',
  sensitive_change: 'sensitive_topic',
  refund_over_limit: 'rule',
  cancellation: 'rule',
  refund: 'rule',
  billing_dispute: 'rule',
  complaint: 'rule',
  policy_exception: 'rule',
  enterprise: 'rule',
  multi_question: 'rule',
  topic_switches: 'rule',
  frustration: 'frustration',
  loop: 'loop',
  low_confidence: 'low_confidence',
  out_of_scope: 'out_of_scope',
  long_session: 'session_limit',
};

const UNEASY = 0.35;
const CLOSE = 0.75;
const MOST_ALTERNATIVES = 3;
const WORTH_NAMING = 0.3;

/** The first cause in order of precedence, or null where the bot may go on. */
export function causeOf(signals: readonly Signal[]): OfferCause | null {
  const fired = new Set<SignalName>(signals.filter((signal) => signal.fired).map((signal) => signal.name));
  const cause = PRECEDENCE.find((name) => fired.has(name)) ?? null;
  return cause === 'low_confidence' && fired.has('out_of_scope') ? 'out_of_scope' : cause;
}

export function reasonFor(cause: OfferCause): Reason {
  return REASON_OF[cause];
}

/** The fired cause behind a stored reason; where none fits, null. */
export function causeBehind(reason: Reason, signals: readonly Signal[]): OfferCause | null {
  const causes = PRECEDENCE.filter((cause) => REASON_OF[cause] === reason);
  const fired = causes.find((cause) => signals.some((signal) => signal.name === cause && signal.fired));
  return fired ?? (causes.length === 1 ? (causes[0] ?? null) : null);
}

export function moodOf(signals: readonly Signal[], thresholds: Pick<Thresholds, 'frustration'>): Mood {
  const frustration = signals.find((signal) => signal.name === 'frustration');
  const value = frustration?.value ?? 0;
  if (frustration?.fired === true || value >= thresholds.frustration) return 'frustrated';
  const complains = signals.some((signal) => signal.name === 'complaint' && signal.fired);
  return value >= UNEASY || complains ? 'uneasy' : 'calm';
}

/** Articles close enough to the best one to be worth a "did you mean". */
export function alternativesAmong(
  candidates: readonly { id: string; title: string; score: number }[],
): Judgement['alternatives'] {
  const best = candidates[0]?.score ?? 0;
  return candidates
    .filter(({ score }) => score >= WORTH_NAMING && score >= CLOSE * best)
    .slice(0, MOST_ALTERNATIVES)
    .map(({ id, title }) => ({ id, title }));
}
