import type { Signal } from '@/lib/domain/signal';
import { findPhrase } from '../text/phrases';
import { contentStems } from '../text/stems';
import { type Dialogue, type Said, wholeOf } from './dialogue';
import { similarity } from './similarity';
import { clausesOf, isRelated, leansBack, subjectOf } from './subject';

const SAME_WORDS = 0.5;
const NEARLY_ALL_WORDS = 0.75;
const SAME_ARTICLE_WORDS = 0.2;
const LOOKED_BACK = 8;

/**
 * How often the newest question has been asked, itself included: in the same words, in others that lead to the same
 * article, or in others that hold on to it ("not the import, the export"). A double send counts once. `topArticle` gives the
 * best article for a visitor turn, or null.
 */
export function detectLoop(
  dialogue: Dialogue,
  threshold: number,
  topArticle: (said: Said) => string | null,
): Signal {
  const { newest } = dialogue;
  const asked = isQuestion(newest, dialogue) ? sameQuestions(dialogue, topArticle) : [];
  return {
    name: 'loop',
    value: asked.length,
    threshold,
    fired: asked.length >= threshold,
    evidence: asked.length > 1 ? asked.map((said) => wholeOf(said)) : [],
  };
}

/** The newest question and all that ask the same, directly or by way of another. */
function sameQuestions(dialogue: Dialogue, topArticle: (said: Said) => string | null): Said[] {
  const recent = withoutDoubleSends(
    dialogue.said.slice(-LOOKED_BACK).filter((said) => isQuestion(said, dialogue)),
  );
  const same = new Set<Said>([dialogue.newest]);
  for (let before = 0; before < same.size; ) {
    before = same.size;
    recent.forEach((earlier, place) => {
      for (const later of recent.slice(place + 1)) {
        if (same.has(earlier) === same.has(later)) continue;
        if (isSame(earlier, later, dialogue, topArticle)) same.add(earlier).add(later);
      }
    });
  }
  return recent.filter((said) => same.has(said));
}

/** Of messages sent in a row, with no answer between them, the last. */
function withoutDoubleSends(asked: readonly Said[]): Said[] {
  return asked.filter(
    (said, place) => asked[place + 1]?.answering !== said.answering || place === asked.length - 1,
  );
}

function isSame(
  earlier: Said,
  later: Said,
  dialogue: Dialogue,
  topArticle: (said: Said) => string | null,
): boolean {
  const { book } = dialogue;
  const [a, b] = [earlier, later].map(({ turn }) => new Set(contentStems(turn.text, book.words)));
  const alike = a === undefined || b === undefined ? 0 : similarity(a, b);
  if (alike >= NEARLY_ALL_WORDS || holdsOn(earlier, later, dialogue)) return true;
  if (takesUpAnswer(earlier, later, dialogue)) return false;
  if (alike >= SAME_WORDS) return true;
  if (alike < SAME_ARTICLE_WORDS) return false;
  const article = topArticle(earlier);
  return article !== null && article === topArticle(later);
}

/** Asks once more for what the bot has not given, in whatever words, and says so. */
function holdsOn(earlier: Said, later: Said, { book, said }: Dialogue): boolean {
  const insists =
    findPhrase(later.folded, book.topics.insists) ?? findPhrase(later.folded, book.frustration.corrections);
  if (insists === null || !isAsking(later, book)) return false;
  const [a, b] = [subjectOf(earlier.turn.text, book), subjectOf(later.turn.text, book)];
  if (isRelated(a, b)) return true;
  const isNext = said.indexOf(later) === said.indexOf(earlier) + 1;
  return isNext && (b.stems.size === 0 || leansBack(later.folded, book));
}

function isAsking({ folded }: Said, book: Dialogue['book']): boolean {
  return (
    clausesOf(folded, book).some((clause) => clause.asks) || findPhrase(folded, book.topics.requests) !== null
  );
}

/** Asks about a word of the bot's answer: that is a new question about one subject. */
function takesUpAnswer(earlier: Said, later: Said, { book }: Dialogue): boolean {
  const heard = new Set(contentStems(later.answering?.text ?? '', book.words));
  const first = new Set(contentStems(earlier.turn.text, book.words));
  return contentStems(later.turn.text, book.words).some((stem) => heard.has(stem) && !first.has(stem));
}

function isQuestion(said: Said, { book }: Dialogue): boolean {
  return said.smallTalk.size === 0 && findPhrase(said.folded, book.person) === null;
}
