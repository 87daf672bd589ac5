import { type Folded, type FoldingRules, fold } from '../text/folded';
import { type CompiledRules, compile, type Piece, pieces } from '../text/phrases';
import { openWords, type WordRules } from '../text/stems';
import { type Language, type PhraseRules, SMALL_TALK_KINDS } from './language';

export interface Phrasebook {
  language: Language;
  words: WordRules;
  fold(text: string): Folded;
  person: CompiledRules & { alone: Piece[]; soft: RegExp[]; botOffers: RegExp[]; accepts: Piece[] };
  refund: CompiledRules;
  cancellation: CompiledRules & { botProposes: RegExp[] };
  legal: CompiledRules;
  medical: CompiledAdvice;
  financial: CompiledAdvice;
  security: CompiledRules;
  complaint: CompiledRules;
  frustration: {
    cues: { weight: number; rules: CompiledRules }[];
    profanity: CompiledRules;
    joy: CompiledRules;
    corrections: CompiledRules;
    botFails: RegExp[];
  };
  offTopic: CompiledRules;
  smallTalk: Piece[];
  followUp: CompiledRules;
  settled: RegExp[];
  objections: RegExp[];
  dates: RegExp[];
}

export interface CompiledAdvice extends CompiledRules {
  asks: CompiledRules;
}

/** A language with its phrase rules made ready; done once a language. */
export function openPhrasebook(language: Language): Phrasebook {
  const list = (phrases: readonly string[]): RegExp[] => compile(phrases, language.classes);
  const rules = (from: PhraseRules): CompiledRules => ({ says: list(from.says), except: list(from.except) });
  const plain = (phrases: readonly string[]): CompiledRules => ({ says: list(phrases), except: [] });
  const { person, cancellation, frustration } = language;
  const courtesies = pieces('courtesy', list(person.courtesies));
  const folding: FoldingRules = {
    shortForms: language.shortForms,
    endings: language.endings,
    targets: language.forgiven.targets,
    realWords: new Set([...language.forgiven.realWords, ...language.forgiven.targets]),
  };
  return {
    language,
    words: openWords(language),
    fold: (text) => fold(text, folding),
    person: {
      ...rules(person),
      alone: [...pieces('ask', list(person.alone)), ...courtesies],
      soft: list(person.soft),
      botOffers: list(person.botOffers),
      accepts: [...pieces('accept', list(person.accepts)), ...courtesies],
    },
    refund: rules(language.refund),
    cancellation: { ...rules(cancellation), botProposes: list(cancellation.botProposes) },
    legal: rules(language.legal),
    medical: { ...rules(language.medical), asks: plain(language.medical.asks) },
    financial: { ...rules(language.financial), asks: plain(language.financial.asks) },
    security: rules(language.security),
    complaint: rules(language.complaint),
    frustration: {
      cues: frustration.cues.map((cue) => ({
        weight: cue.weight,
        rules: { says: list(cue.says), except: list(frustration.except) },
      })),
      profanity: plain(frustration.profanity),
      joy: plain(frustration.joy),
      corrections: plain(frustration.corrections),
      botFails: list(frustration.botFails),
    },
    offTopic: rules(language.offTopic),
    smallTalk: SMALL_TALK_KINDS.flatMap((kind) => pieces(kind, list(language.smallTalk[kind]))),
    followUp: plain(language.followUp),
    settled: list(language.settled),
    objections: list(language.objections),
    dates: list(language.facts.date),
  };
}
