import type { Article } from '@/lib/domain/judgement';
import { paragraphs, sentences } from './text/sentences';
import { contentStems, type WordRules } from './text/stems';

const MOST_SENTENCES = 4;
const FEWEST_SENTENCES = 2;
const LONGEST = 480;
const LEAD_BONUS = 0.2;
const SAID_PENALTY = 0.25;

/**
 * The passage of an article that answers a question best: two to four whole sentences of one paragraph, which read as an
 * answer by themselves. Of a passage that was said before, only the part that the question is after.
 */
export function quote(
  article: Article,
  question: string,
  words: WordRules,
  said: readonly string[] = [],
): string {
  const blocks = paragraphs(article.body).map(sentences);
  const worthOf = worthBy(new Set(contentStems(question, words)), blocks.flat(), words);
  const passages = blocks.map((all, place) => {
    const whole = passage(all, worthOf, words, MOST_SENTENCES);
    const wasSaid = said.some((earlier) => earlier.includes(whole));
    return {
      text: wasSaid ? passage(all, worthOf, words, FEWEST_SENTENCES) : whole,
      worth: worthOf(all.join(' ')) + (place === 0 ? LEAD_BONUS : 0) - (wasSaid ? SAID_PENALTY : 0),
    };
  });
  passages.sort((a, b) => b.worth - a.worth);
  return passages[0]?.text ?? article.title;
}

/** The run of sentences from the best one on, begun early enough that it does not start with "It" or "But". */
function passage(
  all: readonly string[],
  worthOf: (text: string) => number,
  words: WordRules,
  most: number,
): string {
  if (all.length <= most && all.join(' ').length <= LONGEST) return all.join(' ');
  const worth = all.map(worthOf);
  const best = Math.max(0, worth.indexOf(Math.max(...worth)));
  let start = best;
  while (start > 0 && words.leaning.test(all[start] ?? '')) start--;
  start = Math.min(start, Math.max(0, all.length - FEWEST_SENTENCES));
  const taken: string[] = [];
  for (const sentence of all.slice(start, Math.max(best + 1, start + most))) {
    if (taken.length >= FEWEST_SENTENCES && [...taken, sentence].join(' ').length > LONGEST) break;
    taken.push(sentence);
  }
  return taken.join(' ');
}

/** Share of the question's words that a text holds, of those the article knows; the rarer in it, the weightier. */
function worthBy(
  asked: ReadonlySet<string>,
  all: readonly string[],
  words: WordRules,
): (text: string) => number {
  const held = all.map((sentence) => new Set(contentStems(sentence, words)));
  const weights = new Map<string, number>();
  for (const word of asked) {
    const uses = held.filter((sentence) => sentence.has(word)).length;
    if (uses > 0) weights.set(word, 1 / uses);
  }
  const total = [...weights.values()].reduce((sum, weight) => sum + weight, 0);
  return (text) => {
    const own = new Set(contentStems(text, words));
    const found = [...weights].reduce((sum, [word, weight]) => sum + (own.has(word) ? weight : 0), 0);
    return total === 0 ? 0 : found / total;
  };
}
