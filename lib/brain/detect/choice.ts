import type { Folded } from '../text/folded';
import { consistsOf } from '../text/phrases';
import type { Dialogue } from './dialogue';

const LONGEST = 8;

/** "Keep it, pause it, or cancel it?" - "the last one": what the newest turn picks of what the bot named, or null. */
export function chosenOption({ newest, book }: Dialogue): Folded | null {
  if (newest.answering === null || newest.folded.words > LONGEST) return null;
  const picked = [...consistsOf(newest.folded.text, book.choices)].filter((name) => name !== 'beside');
  const options = optionsIn(newest.answering.text, book);
  const [place, ...others] = picked;
  if (place === undefined || others.length > 0 || options.length < 2) return null;
  const option = place === 'last' ? options[options.length - 1] : options[Number(place)];
  return option === undefined ? null : book.fold(`${option}?`);
}

function optionsIn(text: string, book: Dialogue['book']): string[] {
  const question = text.split(/(?<=[.!?])\s+/).findLast((sentence) => sentence.includes('?')) ?? '';
  const or = book.language.choices.or.join('|');
  return question
    .split(new RegExp(`,\\s*(?:(?:${or})\\s+)?|\\s+(?:${or})\\s+`, 'iu'))
    .map((option) => option.replace(/[?.!]/g, '').trim())
    .filter((option) => option !== '');
}
