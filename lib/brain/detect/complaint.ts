import type { Signal } from '@/lib/domain/signal';
import { type Dialogue, phraseSignal } from './dialogue';

/** A grievance about conduct, service or quality, or the word itself. A plain report of a fault is none. */
export function detectComplaint(dialogue: Dialogue): Signal {
  return phraseSignal('complaint', dialogue, dialogue.book.complaint);
}
