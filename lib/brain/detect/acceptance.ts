import { consistsOf, findPhrase } from '../text/phrases';
import type { Dialogue } from './dialogue';

const LONGEST = 12;

/**
 * Whether the newest turn says yes to what the bot proposed last: as its whole message, or as its first sentence with
 * nothing after it that asks or objects.
 */
export function accepts({ newest, book }: Dialogue): boolean {
  if (newest.answering?.author !== 'bot' || newest.folded.words > LONGEST) return false;
  const { text } = newest.folded;
  if (consistsOf(text, book.person.accepts).has('accept')) return true;
  const end = text.search(/[.!]/);
  if (end < 0 || !consistsOf(text.slice(0, end), book.person.accepts).has('accept')) return false;
  const rest = book.fold(text.slice(end));
  return !rest.text.includes('?') && findPhrase(rest, { says: book.objections, except: [] }) === null;
}
