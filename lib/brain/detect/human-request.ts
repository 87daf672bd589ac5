import type { Signal } from '@/lib/domain/signal';
import { consistsOf, findPhrase } from '../text/phrases';
import { type Dialogue, evidenceAt, wholeOf } from './dialogue';

const SOFT = 0.5;
const LONGEST_ACCEPTANCE = 10;

/**
 * 1 where the visitor asks for a person, in any wording or by taking the bot's offer; 0.5 where they ask for a department
 * ("customer support"), which is worth a hint and no more.
 */
export function detectHumanRequest(dialogue: Dialogue): Signal {
  const { newest, book } = dialogue;
  const asked = findPhrase(newest.folded, book.person);
  if (asked !== null) return signal(1, [evidenceAt(newest, asked)]);
  if (isAlone(dialogue) || acceptsPerson(dialogue)) return signal(1, [wholeOf(newest)]);
  const soft = findPhrase(newest.folded, { says: book.person.soft, except: book.person.except });
  return soft === null ? signal(0, []) : signal(SOFT, [evidenceAt(newest, soft)]);
}

function signal(value: number, evidence: Signal['evidence']): Signal {
  return { name: 'human_request', value, threshold: 1, fired: value === 1, evidence };
}

function isAlone({ newest, book }: Dialogue): boolean {
  return (
    newest.folded.words <= LONGEST_ACCEPTANCE && consistsOf(newest.folded.text, book.person.alone).has('ask')
  );
}

/** "Yes, please" counts where the bot has just offered a person, and then only as the whole message. */
function acceptsPerson({ newest, book }: Dialogue): boolean {
  if (
    newest.answering === null ||
    newest.answering.author !== 'bot' ||
    newest.folded.words > LONGEST_ACCEPTANCE
  )
    return false;
  const offered = findPhrase(book.fold(newest.answering.text), { says: book.person.botOffers, except: [] });
  return offered !== null && consistsOf(newest.folded.text, book.person.accepts).has('accept');
}
