import type { Signal } from '@/lib/domain/signal';
import { findPhrase } from '../text/phrases';
import { contentStems } from '../text/stems';
import { type Dialogue, type Said, wholeOf } from './dialogue';
import { similarity } from './similarity';

const SAME_WORDS = 0.5;
const SAME_ARTICLE_WORDS = 0.2;
const CORRECTED_WORDS = 0.15;
const LOOKED_BACK = 8;

/**
 * How often the newest question has been asked, itself included: in the same words, or in others that lead to the same
 * article. A double send counts once. `topArticle` gives the best article for a visitor turn, or null.
 */
export function detectLoop(
  dialogue: Dialogue,
  threshold: number,
  topArticle: (said: Said) => string | null,
): Signal {
  const { newest } = dialogue;
  const asked = isQuestion(newest) ? sameQuestions(dialogue, topArticle) : [];
  return {
    name: 'loop',
    value: asked.length,
    threshold,
    fired: asked.length >= threshold,
    evidence: asked.length > 1 ? asked.map((said) => wholeOf(said)) : [],
  };
}

function sameQuestions(dialogue: Dialogue, topArticle: (said: Said) => string | null): Said[] {
  const recent = dialogue.said.slice(-LOOKED_BACK).filter(isQuestion);
  const same: Said[] = [dialogue.newest];
  for (const said of recent.slice(0, -1).reverse()) {
    const next = same[0];
    const isDoubleSend = next !== undefined && next.answering === said.answering;
    if (!isDoubleSend && same.some((other) => isSame(said, other, dialogue, topArticle))) same.unshift(said);
  }
  return same;
}

function isSame(a: Said, b: Said, { book }: Dialogue, topArticle: (said: Said) => string | null): boolean {
  const alike = similarity(
    new Set(contentStems(a.turn.text, book.words)),
    new Set(contentStems(b.turn.text, book.words)),
  );
  if (alike >= SAME_WORDS) return true;
  if (alike >= CORRECTED_WORDS && findPhrase(b.folded, book.frustration.corrections) !== null) return true;
  if (alike < SAME_ARTICLE_WORDS) return false;
  const article = topArticle(a);
  return article !== null && article === topArticle(b);
}

function isQuestion(said: Said): boolean {
  return said.smallTalk.size === 0;
}
