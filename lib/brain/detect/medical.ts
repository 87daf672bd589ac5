import type { Signal } from '@/lib/domain/signal';
import { adviceSignal } from './advice';
import type { Dialogue } from './dialogue';

/** Asks what to do, or what is safe, in a matter of health, of people or animals. */
export function detectMedical(dialogue: Dialogue): Signal {
  return adviceSignal('medical', dialogue, dialogue.book.medical);
}
