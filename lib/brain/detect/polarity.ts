import type { Signal } from '@/lib/domain/signal';
import { type Dialogue, wholeOf } from './dialogue';

/** How kind or unkind the words of the newest turn are, -1..1. Fires below the threshold; null where no lexicon can tell. */
export function detectPolarity({ newest, book }: Dialogue, threshold: number): Signal {
  const read = book.language.polarity;
  const value = read === null ? null : Math.round(read(newest.turn.text) * 100) / 100;
  const fired = value !== null && value < threshold;
  return { name: 'polarity', value, threshold, fired, evidence: fired ? [wholeOf(newest)] : [] };
}
