import type { Turn } from '@/lib/domain/judgement';
import type { Signal } from '@/lib/domain/signal';
import { type Dialogue, readDialogue } from './detect/dialogue';
import { ENGLISH } from './language/en';
import { openPhrasebook } from './language/phrasebook';

export const BOOK = openPhrasebook(ENGLISH);

/** Turns one minute apart, visitor first and the two in turns; `bot: ` and `visitor: ` at the front say otherwise. */
export function turnsOf(...lines: string[]): Turn[] {
  let author: Turn['author'] = 'bot';
  return lines.map((line, place) => {
    const named = /^(visitor|bot|agent): /.exec(line);
    author = named ? authorNamed(named[1]) : author === 'visitor' ? 'bot' : 'visitor';
    return { id: `m${place}`, author, text: named ? line.slice(named[0].length) : line, at: place * 60_000 };
  });
}

function authorNamed(name: string | undefined): Turn['author'] {
  return name === 'agent' || name === 'bot' ? name : 'visitor';
}

export function dialogueOf(...lines: string[]): Dialogue {
  const dialogue = readDialogue(turnsOf(...lines), BOOK);
  if (dialogue === null) throw new Error('The visitor says nothing in this talk.');
  return dialogue;
}

/** The words that a signal points at. */
export function wordsOf(signal: Signal, dialogue: Dialogue): string[] {
  return signal.evidence.map(({ messageId, start, end }) => {
    const turn = dialogue.turns.find(({ id }) => id === messageId);
    return turn?.text.slice(start, end) ?? '';
  });
}
