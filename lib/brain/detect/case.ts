import type { Signal, SignalName } from '@/lib/domain/signal';
import type { Case } from '../language/language';
import type { CompiledCase } from '../language/phrasebook';
import { findPhrase } from '../text/phrases';
import { type Dialogue, evidenceAt, phraseSignal, yesOrNo } from './dialogue';

/** A case that a person decides, told by rules alone. */
export function detectCase(name: Case, dialogue: Dialogue): Signal {
  return caseSignal(name, dialogue, dialogue.book.cases[name]);
}

/** The newest turn says it, or holds on to it after the turn before did. */
export function caseSignal(name: SignalName, dialogue: Dialogue, rules: CompiledCase): Signal {
  const { newest, said } = dialogue;
  const own = phraseSignal(name, dialogue, rules);
  const before = said[said.length - 2];
  if (own.fired || before === undefined) return own;
  const insisted = findPhrase(newest.folded, rules.insists);
  const earlier = insisted === null ? null : findPhrase(before.folded, rules);
  if (insisted === null || earlier === null) return own;
  return yesOrNo(name, [evidenceAt(before, earlier), evidenceAt(newest, insisted)]);
}
