import type { Signal } from '@/lib/domain/signal';
import { givesFactsOnly } from '../summarise/facts';
import type { Span } from '../text/folded';
import { findPhrase } from '../text/phrases';
import { contentStems } from '../text/stems';
import { type Dialogue, type Said, wholeOf } from './dialogue';
import { isAgreed } from './frustration';
import { similarity } from './similarity';
import { clausesOf, isRelated, leansBack, subjectOf } from './subject';

const SAME_WORDS = 0.5;
/** By the cosine of sentences, where both ask for one kind of thing; and where one of them does not say for what. */
const SAME_MEANING = 0.55;
const SAME_MEANING_UNSAID = 0.7;
const NEARLY_ALL_WORDS = 0.75;
const SAME_ARTICLE_WORDS = 0.2;
const LOOKED_BACK = 8;

/** How two turns are compared beyond their words. */
interface Compared {
  /** The best article for a visitor turn, or null. */
  topArticle(said: Said): string | null;
  /** How alike in meaning they are, -1..1; null where nothing goes by meaning. */
  alike(a: Said, b: Said): number | null;
}

/**
 * How often the newest question has been asked, itself included: in the same words, in others that mean the same or lead to
 * the same article, or in others that hold on to it ("not the import, the export"). A double send counts once.
 */
export function detectLoop(dialogue: Dialogue, threshold: number, compared: Compared): Signal {
  const { newest } = dialogue;
  const asked = isQuestion(newest, dialogue) ? sameQuestions(dialogue, compared) : [];
  return {
    name: 'loop',
    value: asked.length,
    threshold,
    fired: asked.length >= threshold,
    evidence: asked.length > 1 ? asked.map((said) => wholeOf(said)) : [],
  };
}

/** The newest question and all that ask the same, directly or by way of another. */
function sameQuestions(dialogue: Dialogue, compared: Compared): Said[] {
  const recent = withoutDoubleSends(
    dialogue.said.slice(-LOOKED_BACK).filter((said) => isQuestion(said, dialogue)),
  );
  const same = new Set<Said>([dialogue.newest]);
  for (let before = 0; before < same.size; ) {
    before = same.size;
    recent.forEach((earlier, place) => {
      for (const later of recent.slice(place + 1)) {
        if (same.has(earlier) === same.has(later)) continue;
        if (isSame(earlier, later, dialogue, compared)) same.add(earlier).add(later);
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

function isSame(earlier: Said, later: Said, dialogue: Dialogue, compared: Compared): boolean {
  const { book } = dialogue;
  const [a, b] = [earlier, later].map(({ turn }) => new Set(contentStems(turn.text, book.words)));
  const alike = a === undefined || b === undefined ? 0 : similarity(a, b);
  if (holdsOn(earlier, later, dialogue)) return true;
  if (asksForOther(earlier, later, dialogue)) return false;
  if (alike >= NEARLY_ALL_WORDS) return true;
  const meant = compared.alike(earlier, later) ?? 0;
  if (meant >= SAME_MEANING && insistsIn(later, dialogue) !== null) return true;
  if (takesUpAnswer(earlier, later, dialogue)) return false;
  if (alike >= SAME_WORDS || meansTheSame(earlier, later, meant, dialogue)) return true;
  if (alike < SAME_ARTICLE_WORDS) return false;
  const article = compared.topArticle(earlier);
  return article !== null && article === compared.topArticle(later);
}

function meansTheSame(earlier: Said, later: Said, meant: number, { book }: Dialogue): boolean {
  if ([earlier, later].some(({ turn }) => givesFactsOnly(turn, book))) return false;
  const isUnsaid = askedFor(earlier, book).size === 0 || askedFor(later, book).size === 0;
  return meant >= (isUnsaid ? SAME_MEANING_UNSAID : SAME_MEANING);
}

/** A price and then a date, of one thing, are two questions. */
function asksForOther(earlier: Said, later: Said, { book }: Dialogue): boolean {
  const [a, b] = [askedFor(earlier, book), askedFor(later, book)];
  return a.size > 0 && b.size > 0 && [...a].every((what) => !b.has(what));
}

/** What a turn wants to know; nothing where it does not ask outright. */
function askedFor({ folded }: Said, { topics }: Dialogue['book']): ReadonlySet<string> {
  const asked = topics.asksFor.filter(([, rules]) => findPhrase(folded, rules) !== null);
  if (asked.length > 0) return new Set(asked.map(([what]) => what));
  return new Set(findPhrase(folded, topics.asksWhether) === null ? [] : ['whether']);
}

/** Asks once more for what the bot has not given, in whatever words, and says so. */
function holdsOn(earlier: Said, later: Said, dialogue: Dialogue): boolean {
  const { book, said } = dialogue;
  if (insistsIn(later, dialogue) === null || !isAsking(later, book)) return false;
  const [a, b] = [subjectOf(earlier.turn.text, book), subjectOf(later.turn.text, book)];
  if (isRelated(a, b)) return true;
  const isNext = said.indexOf(later) === said.indexOf(earlier) + 1;
  return isNext && (b.stems.size === 0 || leansBack(later.folded, book));
}

function insistsIn({ folded }: Said, { book }: Dialogue): Span | null {
  return findPhrase(folded, book.topics.insists) ?? findPhrase(folded, book.frustration.corrections);
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

function isQuestion(said: Said, dialogue: Dialogue): boolean {
  const { book } = dialogue;
  if (said.smallTalk.size > 0 || findPhrase(said.folded, book.person) !== null) return false;
  return isAsking(said, book) || !(isAgreed(said.folded, book) || isReply(said, dialogue));
}

/** Tells the bot what it asked for. */
function isReply(said: Said, dialogue: Dialogue): boolean {
  return (said.answering?.text.includes('?') ?? false) && insistsIn(said, dialogue) === null;
}
