import type { Signal } from '@/lib/domain/signal';
import type { Folded } from '../text/folded';
import { consistsOf, findPhrase } from '../text/phrases';
import { accepts } from './acceptance';
import { chosenOption } from './choice';
import { type Dialogue, evidenceAt, wholeOf } from './dialogue';

const SOFT = 0.5;
const LONGEST_ALONE = 10;

/**
 * 1 where the visitor asks for a person, in any wording or by taking the bot's offer; 0.5 where they ask for a department
 * ("customer support"), which is worth a hint and no more.
 */
export function detectHumanRequest(dialogue: Dialogue): Signal {
  const { newest, book } = dialogue;
  const asked = findPhrase(newest.folded, book.person);
  if (asked !== null) return signal(1, [evidenceAt(newest, asked)]);
  if (isAlone(newest.folded, dialogue) || acceptsPerson(dialogue)) return signal(1, [wholeOf(newest)]);
  const soft = findPhrase(newest.folded, { says: book.person.soft, except: book.person.except });
  return soft === null ? signal(0, []) : signal(SOFT, [evidenceAt(newest, soft)]);
}

function signal(value: number, evidence: Signal['evidence']): Signal {
  return { name: 'human_request', value, threshold: 1, fired: value === 1, evidence };
}

function isAlone(folded: Folded, { book }: Dialogue): boolean {
  return folded.words <= LONGEST_ALONE && consistsOf(folded.text, book.person.alone).has('ask');
}

/** "Yes, please" counts where the bot has just offered a person; so does picking the person among what it named. */
function acceptsPerson(dialogue: Dialogue): boolean {
  const { newest, book } = dialogue;
  const option = chosenOption(dialogue);
  if (option !== null) return isAlone(option, dialogue) || offersPerson(option, dialogue);
  return accepts(dialogue) && offersPerson(book.fold(newest.answering?.text ?? ''), dialogue);
}

function offersPerson(said: Folded, { book }: Dialogue): boolean {
  return findPhrase(said, { says: book.person.botOffers, except: [] }) !== null;
}
