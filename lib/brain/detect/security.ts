import type { Signal } from '@/lib/domain/signal';
import { type Dialogue, phraseSignal } from './dialogue';

/** Somebody else got in, paid, or holds the secrets. A forgotten password is none of it. */
export function detectSecurity(dialogue: Dialogue): Signal {
  return phraseSignal('security', dialogue, dialogue.book.security);
}
