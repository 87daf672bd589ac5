import type { Signal } from '@/lib/domain/signal';
import { findPhrase } from '../text/phrases';
import { accepts } from './acceptance';
import { chosenOption } from './choice';
import { type Dialogue, phraseSignal, wholeOf, yesOrNo } from './dialogue';

/** The visitor wants to end an account, an order, a contract or a booking; "yes" to "shall I cancel it?" counts too. */
export function detectCancellation(dialogue: Dialogue): Signal {
  const said = phraseSignal('cancellation', dialogue, dialogue.book.cancellation);
  return said.fired || !agreesToCancel(dialogue) ? said : yesOrNo('cancellation', [wholeOf(dialogue.newest)]);
}

function agreesToCancel(dialogue: Dialogue): boolean {
  const { newest, book } = dialogue;
  const option = chosenOption(dialogue);
  if (option === null && !accepts(dialogue)) return false;
  const proposal = option ?? book.fold(newest.answering?.text ?? '');
  return findPhrase(proposal, { says: book.cancellation.botProposes, except: [] }) !== null;
}
