import type { Article, Judgement, Turn } from '@/lib/domain/judgement';
import { quote } from './answer';
import type { Dialogue } from './detect/dialogue';
import { SMALL_TALK_KINDS } from './language/language';
import { fill, type OfferCause, type Template, type Texts } from './language/texts';
import type { WordRules } from './text/stems';

type Slots = Readonly<Record<string, string | null>>;

/** The wording for a cause that the bot has not used yet in this conversation, else the last one. */
export function say(templates: readonly Template[], slots: Slots, said: readonly string[]): string {
  const usable = templates.map((template) => fill(template, slots)).filter((text) => text !== null);
  const fresh = usable.find((text) => !said.some((earlier) => earlier.includes(text)));
  return fresh ?? usable[usable.length - 1] ?? '';
}

export function offerReply(
  cause: OfferCause,
  texts: Texts,
  slots: Slots,
  alternatives: Judgement['alternatives'],
  said: readonly string[],
): string {
  const text = say(texts.offers[cause], slots, said);
  const isUnsure = cause === 'low_confidence' || cause === 'out_of_scope';
  const question = isUnsure ? didYouMean(texts, alternatives) : null;
  return question === null ? text : `${text} ${question}`;
}

export function smallTalkReply(
  dialogue: Dialogue,
  texts: Texts,
  slots: Slots,
  said: readonly string[],
): string {
  const kinds = dialogue.newest.smallTalk;
  const kind = SMALL_TALK_KINDS.find((name) => kinds.has(name)) ?? 'pause';
  return say(texts.smallTalk[kind], slots, said);
}

export function answerReply(
  article: Article,
  question: string,
  dialogue: Dialogue,
  said: readonly string[],
): Judgement['reply'] {
  return {
    text: quote(article, question, dialogue.book.words, said),
    sources: [sourceOf(article)],
  };
}

/** What an article that the customer chose says to what they asked last. */
export function quoteReply(article: Article, turns: readonly Turn[], words: WordRules): Judgement['reply'] {
  const asked = turns.findLast(({ author }) => author === 'visitor')?.text ?? article.title;
  const said = turns.filter(({ author }) => author === 'bot').map(({ text }) => text);
  return { text: quote(article, asked, words, said), sources: [sourceOf(article)] };
}

function sourceOf({ id, title, updatedAt }: Article): Judgement['reply']['sources'][number] {
  return { articleId: id, title, updatedAt };
}

/** "Returns, orders and repairs", from the categories of the articles in the order in which they are most used. */
export function listTopics(articles: readonly Article[], texts: Texts): string {
  const uses = new Map<string, number>();
  for (const { category } of articles) {
    if (category !== '') uses.set(category, (uses.get(category) ?? 0) + 1);
  }
  const names = [...uses]
    .sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
    .slice(0, 5)
    .map(([name]) => name.charAt(0).toLowerCase() + name.slice(1));
  return join(names, texts.lists.and);
}

function didYouMean(texts: Texts, alternatives: Judgement['alternatives']): string | null {
  const [first, second] = alternatives;
  const [one, several] = texts.didYouMean;
  if (first === undefined) return null;
  return fill(second === undefined ? one : several, { first: first.title, second: second?.title ?? null });
}

export function join(names: readonly string[], and: string): string {
  const last = names[names.length - 1];
  if (last === undefined || names.length === 1) return last ?? '';
  return `${names.slice(0, -1).join(', ')} ${and} ${last}`;
}
