import type { Signal } from '@/lib/domain/signal';
import { type Dialogue, phraseSignal } from './dialogue';

/** Lawyers, courts, claims, and what the law says; never a legal name or notice. */
export function detectLegal(dialogue: Dialogue): Signal {
  return phraseSignal('legal', dialogue, dialogue.book.legal);
}
