import type { Signal, SignalName } from '@/lib/domain/signal';
import type { CompiledAdvice } from '../language/phrasebook';
import { findPhrase } from '../text/phrases';
import { type Dialogue, evidenceAt, type Said, yesOrNo } from './dialogue';

/**
 * Advice is wanted where a matter and a way of asking meet; the matter may have been named one turn before. Harm that was
 * done needs no question.
 */
export function adviceSignal(name: SignalName, dialogue: Dialogue, rules: CompiledAdvice): Signal {
  const { newest, said } = dialogue;
  const alarm = findPhrase(newest.folded, rules.alarms);
  if (alarm !== null) return yesOrNo(name, [evidenceAt(newest, alarm)]);
  const asked = findPhrase(newest.folded, rules.asks);
  if (asked === null) return yesOrNo(name, []);
  const matter = matterIn(newest, rules) ?? matterIn(said[said.length - 2], rules);
  if (matter === null) return yesOrNo(name, []);
  return yesOrNo(
    name,
    matter.said === newest ? [matter.evidence] : [matter.evidence, evidenceAt(newest, asked)],
  );
}

function matterIn(
  said: Said | undefined,
  rules: CompiledAdvice,
): { said: Said; evidence: Signal['evidence'][number] } | null {
  if (said === undefined) return null;
  const span = findPhrase(said.folded, rules);
  return span === null ? null : { said, evidence: evidenceAt(said, span) };
}
