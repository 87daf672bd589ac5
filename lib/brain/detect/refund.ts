import type { Signal } from '@/lib/domain/signal';
import { findPhrase } from '../text/phrases';
import { type Amount, amountsIn } from './amount';
import { type Dialogue, evidenceAt, type Said } from './dialogue';

const REMEMBERED = 3;

export interface RefundAsked {
  asked: Signal;
  overLimit: Signal;
  amount: Amount | null;
}

/**
 * Money asked back, and whether it is strictly more than `refundOver`. The value is the amount, null while none is named,
 * which may follow the request in a later turn, or stand in an earlier one.
 */
export function detectRefund(dialogue: Dialogue, refundOver: number): RefundAsked {
  const ask = askOf(dialogue);
  if (ask === null) return result(false, 0, refundOver, [], null);
  const isNew = ask.said === dialogue.newest;
  const named = isNew ? amountFor(dialogue) : nearest(moneyIn(dialogue.newest, dialogue, true), 0);
  if (!isNew && named === null) return result(false, 0, refundOver, [], null);
  const evidence = [evidenceAt(ask.said, ask.span)];
  if (named !== null) evidence.push(evidenceAt(named.said, named.amount.span));
  return result(isNew, named?.amount.value ?? null, refundOver, evidence, named?.amount ?? null);
}

function result(
  isAsked: boolean,
  value: number | null,
  threshold: number,
  evidence: Signal['evidence'],
  amount: Amount | null,
): RefundAsked {
  const isOver = value !== null && value > threshold;
  return {
    asked: { name: 'refund', value, threshold: null, fired: isAsked, evidence },
    overLimit: {
      name: 'refund_over_limit',
      value: value ?? 0,
      threshold,
      fired: isOver,
      evidence: isOver ? evidence : [],
    },
    amount,
  };
}

interface Named {
  said: Said;
  amount: Amount;
}

function askOf(dialogue: Dialogue): { said: Said; span: { start: number; end: number } } | null {
  const recent = dialogue.said.slice(-REMEMBERED);
  for (const said of recent.reverse()) {
    const span = findPhrase(said.folded, dialogue.book.refund);
    if (span !== null) return { said, span };
  }
  return null;
}

/** The amount nearest to the words that ask for it; else the newest one named before. */
function amountFor(dialogue: Dialogue): Named | null {
  const span = findPhrase(dialogue.newest.folded, dialogue.book.refund);
  const own = nearest(moneyIn(dialogue.newest, dialogue, true), span?.start ?? 0, span?.end);
  if (own !== null) return own;
  for (const said of [...dialogue.said].slice(0, -1).reverse()) {
    const earlier = nearest(moneyIn(said, dialogue, false), 0);
    if (earlier !== null) return earlier;
  }
  return null;
}

function moneyIn(said: Said, { book }: Dialogue, mayBeBare: boolean): Named[] {
  const withCurrency = amountsIn(said.turn.text, book.language);
  const amounts = withCurrency.length > 0 || !mayBeBare ? withCurrency : bareAmounts(said, book.language);
  return amounts.map((amount) => ({ said, amount }));
}

/** "The 148 I want back": a bare number counts as money only beside the asking words, and never after "order". */
function bareAmounts(said: Said, language: Dialogue['book']['language']): Amount[] {
  return amountsIn(said.turn.text, language, true).filter((amount) => {
    const before = said.turn.text.slice(Math.max(0, amount.span.start - 24), amount.span.start).toLowerCase();
    const after = said.turn.text.slice(amount.span.end, amount.span.end + 12).toLowerCase();
    const isReference = language.facts.order.some((word) => new RegExp(`\\b${word}\\b[^.]*$`).test(before));
    return (
      amount.value >= 10 &&
      !isReference &&
      !/^\s*(?:days?|weeks?|months?|hours?|minutes?|x\b|times|st|nd|rd|th|%|[a-z]?m\b)/.test(after)
    );
  });
}

function nearest(amounts: readonly Named[], start: number, end = start): Named | null {
  const distance = ({ amount }: Named): number =>
    amount.span.start < end && amount.span.end > start
      ? 0
      : Math.min(Math.abs(amount.span.start - end), Math.abs(start - amount.span.end));
  return [...amounts].sort((a, b) => distance(a) - distance(b))[0] ?? null;
}
