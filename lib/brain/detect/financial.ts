import type { Signal } from '@/lib/domain/signal';
import { adviceSignal } from './advice';
import type { Dialogue } from './dialogue';

/** Asks what would be wise with money: investing, borrowing, tax. Rates and fees are plain facts. */
export function detectFinancial(dialogue: Dialogue): Signal {
  return adviceSignal('financial', dialogue, dialogue.book.financial);
}
