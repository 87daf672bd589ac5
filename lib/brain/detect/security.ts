import type { Signal } from '@/lib/domain/signal';
import { caseSignal } from './case';
import type { Dialogue } from './dialogue';

/** Somebody else got in, paid, or holds the secrets. A forgotten password is none of it. */
export function detectSecurity(dialogue: Dialogue): Signal {
  return caseSignal('security', dialogue, dialogue.book.security);
}
