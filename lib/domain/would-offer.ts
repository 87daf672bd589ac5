import type { Thresholds } from './judgement';
import type { SignalName } from './signal';

/** What was measured at a turn, as the log keeps it. */
export interface MeasuredTurn {
  offered: boolean;
  signals: readonly { name: SignalName; value: number | null; fired: boolean }[];
}

/** Signals that no struggle can be read from where nothing was asked. */
const ABOUT_QUESTIONS: readonly SignalName[] = [
  'loop',
  'multi_question',
  'topic_switches',
  'low_confidence',
  'out_of_scope',
  'long_session',
];

const UNSURE: readonly SignalName[] = ['low_confidence', 'out_of_scope'];

/**
 * Whether each turn of a talk would have offered a person under these thresholds, by what was measured at it then. The same
 * order of turns as in the talk; the thresholds that held give what was decided.
 */
export function wouldOffer(turns: readonly MeasuredTurn[], thresholds: Thresholds): boolean[] {
  return turns.map((turn, place) => turnOffers(turn, turns[place - 1], thresholds));
}

function turnOffers(turn: MeasuredTurn, before: MeasuredTurn | undefined, thresholds: Thresholds): boolean {
  // A brain that failed has measured nothing.
  if (turn.signals.length === 0) return turn.offered;
  const confidence = measureOf(turn, 'low_confidence');
  const fired = turn.signals.filter(
    (signal) =>
      (confidence !== null || !ABOUT_QUESTIONS.includes(signal.name)) &&
      wouldFire(signal, turn, before, thresholds),
  );
  // What is plainly off topic is declined and not offered a person for, however low the confidence.
  const wasDeclined = !turn.offered && turn.signals.some(({ name, fired }) => fired && UNSURE.includes(name));
  return fired.some(({ name }) => !(wasDeclined && UNSURE.includes(name)));
}

function wouldFire(
  { name, value, fired }: MeasuredTurn['signals'][number],
  turn: MeasuredTurn,
  before: MeasuredTurn | undefined,
  thresholds: Thresholds,
): boolean {
  switch (name) {
    case 'low_confidence':
      return value !== null && value < thresholds.confidence;
    case 'out_of_scope':
      return fired && (measureOf(turn, 'low_confidence') ?? 0) < thresholds.confidence;
    case 'frustration':
      return (value ?? 0) >= thresholds.frustration;
    case 'loop':
      return (value ?? 0) >= thresholds.loop;
    case 'multi_question':
      return (value ?? 0) >= thresholds.questions;
    case 'topic_switches':
      return (value ?? 0) >= thresholds.topics && (value ?? 0) > (measureOf(before, name) ?? 0);
    case 'refund_over_limit':
      return (value ?? 0) > thresholds.refundOver;
    case 'long_session': {
      const spans = (minutes: number | null) => Math.floor((minutes ?? 0) / thresholds.sessionMinutes);
      return spans(value) > spans(measureOf(before, name));
    }
    case 'polarity':
      return false;
    default:
      return fired;
  }
}

function measureOf(turn: MeasuredTurn | undefined, name: SignalName): number | null {
  return turn?.signals.find((signal) => signal.name === name)?.value ?? null;
}
