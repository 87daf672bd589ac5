import type { Signal } from '@/lib/domain/signal';
import type { Ranking } from '../retrieve/rank';
import { findPhrase } from '../text/phrases';
import { type Dialogue, evidenceAt, wholeOf } from './dialogue';

const THRESHOLD = 0.85;
const FEWEST_WORDS = 4;

/**
 * How far the question lies from everything the articles speak of, 0..1: what no article covers, or 1 for a request that
 * is plainly none of a shop's business. Not asked where the answer is sure or the turn is clear in
 * another way, a call for a person for one.
 */
export function detectOutOfScope(
  dialogue: Dialogue,
  ranking: Ranking | null,
  isOtherwiseClear: boolean,
): Signal {
  const { newest, book } = dialogue;
  if (isOtherwiseClear || newest.smallTalk.size > 0) return signal(0, []);
  const words = findPhrase(newest.folded, book.offTopic);
  if (words !== null) return signal(1, [evidenceAt(newest, words)]);
  if (ranking === null) return signal(null, []);
  if (isUnread(newest.turn.text, book)) return signal(null, []);
  const nearest = Math.max(0, ...ranking.candidates.map(({ coverage, score }) => Math.max(coverage, score)));
  const distance = Math.max(0, Math.round((1 - nearest) * 100) / 100);
  return signal(distance, distance >= THRESHOLD ? [wholeOf(newest)] : []);
}

/** Whether the words alone say so: such a turn is declined kindly, and nobody need be fetched for it. */
export function isPlainlyOffTopic({ newest, book }: Dialogue): boolean {
  return findPhrase(newest.folded, book.offTopic) !== null;
}

/** A sentence without one small word of the language is in another one: no telling what it is about. */
function isUnread(text: string, { words }: Dialogue['book']): boolean {
  const all = text.toLowerCase().match(/[\p{L}'’]+/gu) ?? [];
  return all.length >= FEWEST_WORDS && !all.some((word) => words.stopWords.has(word.replace(/['’]/g, '')));
}

function signal(value: number | null, evidence: Signal['evidence']): Signal {
  return {
    name: 'out_of_scope',
    value,
    threshold: THRESHOLD,
    fired: value !== null && value >= THRESHOLD,
    evidence,
  };
}
