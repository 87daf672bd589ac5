import type { Signal } from '@/lib/domain/signal';
import { type Dialogue, wholeOf } from './dialogue';

/** Fires below the threshold. Null, and never fired, where there is nothing to compare with or nothing was asked. */
export function detectLowConfidence(
  dialogue: Dialogue,
  confidence: number | null,
  threshold: number,
): Signal {
  const fired = confidence !== null && confidence < threshold;
  return {
    name: 'low_confidence',
    value: confidence,
    threshold,
    fired,
    evidence: fired ? [wholeOf(dialogue.newest)] : [],
  };
}
