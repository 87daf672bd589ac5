import { type Folded, type FoldingRules, fold } from '../text/folded';
import { type CompiledRules, compile, type Piece, pieces } from '../text/phrases';
import { openWords, stems, type WordRules } from '../text/stems';
import {
  type AdviceRules,
  CASES,
  type Case,
  type CaseRules,
  type Language,
  type PhraseRules,
  SMALL_TALK_KINDS,
} from './language';

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
  security: CompiledCase;
  complaint: CompiledRules;
  frustration: {
    cues: { weight: number; rules: CompiledRules }[];
    profanity: CompiledRules;
    joy: CompiledRules;
    corrections: CompiledRules;
    botFails: RegExp[];
    refuses: RegExp[];
    agrees: RegExp[];
    agreesFirst: RegExp[];
  };
  /** The names of the pieces are places in what was offered, from 0, or "last". */
  choices: Piece[];
  cases: Readonly<Record<Case, CompiledCase>>;
  topics: CompiledTopics;
  offTopic: CompiledRules;
  smallTalk: Piece[];
  followUp: CompiledRules;
  settled: RegExp[];
  objections: RegExp[];
  dates: RegExp[];
}

export interface CompiledCase extends CompiledRules {
  insists: CompiledRules;
}

export interface CompiledTopics {
  /** The subjects that a stem belongs to. */
  fieldsOf: ReadonlyMap<string, readonly number[]>;
  attributes: ReadonlySet<string>;
  shifts: CompiledRules;
  joins: CompiledRules;
  /** Such a word with its full stop. */
  abbreviated: RegExp;
  leads: ReadonlySet<string>;
  leans: CompiledRules;
  objects: CompiledRules;
  asks: CompiledRules;
  requests: CompiledRules;
  cuts: RegExp[];
  insists: CompiledRules;
  asksFor: readonly (readonly [what: string, rules: CompiledRules])[];
  asksWhether: CompiledRules;
}

export interface CompiledAdvice extends CompiledRules {
  asks: CompiledRules;
  alarms: CompiledRules;
}

/** A language with its phrase rules made ready; done once a language. */
export function openPhrasebook(language: Language): Phrasebook {
  const list = (phrases: readonly string[]): RegExp[] => compile(phrases, language.classes);
  const rules = (from: PhraseRules): CompiledRules => ({ says: list(from.says), except: list(from.except) });
  const plain = (phrases: readonly string[]): CompiledRules => ({ says: list(phrases), except: [] });
  const caseRules = (from: CaseRules): CompiledCase => ({ ...rules(from), insists: plain(from.insists) });
  const advice = (from: AdviceRules): CompiledAdvice => ({
    ...rules(from),
    asks: plain(from.asks),
    alarms: rules({ says: from.alarms, except: from.except }),
  });
  const { person, cancellation, frustration } = language;
  const courtesies = pieces('courtesy', list(person.courtesies));
  const folding: FoldingRules = {
    shortForms: language.shortForms,
    endings: language.endings,
    targets: language.forgiven.targets,
    realWords: new Set([...language.forgiven.realWords, ...language.forgiven.targets]),
  };
  const spoken = openWords(language);
  return {
    language,
    words: spoken,
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
    medical: advice(language.medical),
    financial: advice(language.financial),
    security: caseRules(language.security),
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
      refuses: list(frustration.refuses),
      agrees: list(frustration.agrees),
      agreesFirst: list(frustration.agreesFirst),
    },
    choices: [
      ...language.choices.places.flatMap((place, at) => pieces(String(at), list(place))),
      ...pieces('last', list(language.choices.last)),
      ...pieces('beside', list(language.choices.beside)),
    ],
    cases: Object.fromEntries(
      CASES.map((name) => [name, caseRules(language.cases[name])]),
    ) as Phrasebook['cases'],
    topics: openTopics(language.topics, spoken, plain),
    offTopic: rules(language.offTopic),
    smallTalk: SMALL_TALK_KINDS.flatMap((kind) => pieces(kind, list(language.smallTalk[kind]))),
    followUp: plain(language.followUp),
    settled: list(language.settled),
    objections: list(language.objections),
    dates: list(language.facts.date),
  };
}

function openTopics(
  topics: Language['topics'],
  spoken: WordRules,
  plain: (phrases: readonly string[]) => CompiledRules,
): CompiledTopics {
  const fieldsOf = new Map<string, number[]>();
  topics.fields.forEach((field, place) => {
    for (const stem of new Set(stems(field.join(' '), spoken)))
      fieldsOf.set(stem, [...(fieldsOf.get(stem) ?? []), place]);
  });
  return {
    fieldsOf,
    attributes: new Set(stems(topics.attributes.join(' '), spoken)),
    shifts: plain(topics.shifts),
    joins: plain(topics.joins),
    abbreviated: new RegExp(`(?<![\\p{L}\\p{N}])(?:${topics.abbreviations.join('|')}) \\.`, 'gu'),
    leads: new Set(topics.leads),
    leans: plain(topics.leans),
    objects: plain(topics.objects),
    asks: plain(topics.asks),
    requests: plain(topics.requests),
    cuts: [...plain(topics.cuts).says],
    insists: plain(topics.insists),
    asksFor: Object.entries(topics.asksFor).map(([what, phrases]) => [what, plain(phrases)] as const),
    asksWhether: plain(topics.asksWhether),
  };
}
