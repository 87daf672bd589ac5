import type { Signal } from '@/lib/domain/signal';
import { consistsOf, findPhrase } from '../text/phrases';
import { type Dialogue, phraseSignal, wholeOf, yesOrNo } from './dialogue';

/** The visitor wants to end an account, an order, a contract or a booking; "yes" to "shall I cancel it?" counts too. */
export function detectCancellation(dialogue: Dialogue): Signal {
  const said = phraseSignal('cancellation', dialogue, dialogue.book.cancellation);
  return said.fired || !agreesToCancel(dialogue) ? said : yesOrNo('cancellation', [wholeOf(dialogue.newest)]);
}

function agreesToCancel({ newest, book }: Dialogue): boolean {
  if (newest.answering === null || newest.folded.words > 8) return false;
  const proposed = findPhrase(book.fold(newest.answering.text), {
    says: book.cancellation.botProposes,
    except: [],
  });
  return proposed !== null && consistsOf(newest.folded.text, book.person.accepts).has('accept');
}
