/**
 * A phrase rule: a regular expression over folded text (lower case, contractions written out, one space between words,
 * sentence marks standing alone), in which `{name}` stands for any word of that class.
 */
type Phrase = string;

export interface PhraseRules {
  says: readonly Phrase[];
  /** What only looks like it; taken out before the rules are read. */
  except: readonly Phrase[];
}

/** A matter and a way of asking: advice is wanted where both meet. */
export interface AdviceRules extends PhraseRules {
  /** Enough without being asked: harm that was done, or is near. */
  alarms: readonly Phrase[];
  asks: readonly Phrase[];
}

export interface CaseRules extends PhraseRules {
  /** Keeps to the matter when it was said one or two turns before. */
  insists: readonly Phrase[];
}

/** Cases that rules alone tell, each with the signal that it gives. */
export const CASES = [
  'billing_dispute',
  'policy_exception',
  'enterprise',
  'compliance',
  'regulated_transaction',
  'sensitive_change',
] as const;
export type Case = (typeof CASES)[number];

interface Cue {
  /** How likely the speaker is fed up if this were all we knew. */
  weight: number;
  says: readonly Phrase[];
}

export interface CurrencyWords {
  code: string;
  signs: readonly string[];
  words: readonly string[];
}

/** All that a language adds to the detectors. A new language is a new file of this shape and no code. */
export interface Language {
  code: string;
  stopWords: readonly string[];
  /** Words that say little about the matter. */
  lightWords: readonly string[];
  /** Words at the start of a sentence that lean on the one before. */
  leaning: readonly string[];
  /** Words that mean the same to a customer; the first stands for all. */
  sameWords: readonly (readonly string[])[];
  /** Spoken or typed short forms, written out. */
  shortForms: Readonly<Record<string, string>>;
  /** Endings after an apostrophe, written out. */
  endings: Readonly<Record<string, string>>;
  classes: Readonly<Record<string, readonly string[]>>;
  /** Words whose slips of the finger are forgiven, and real words that are no slips of them. */
  forgiven: { targets: readonly string[]; realWords: readonly string[] };
  person: PhraseRules & {
    /** Enough when it is the whole message. */
    alone: readonly Phrase[];
    courtesies: readonly string[];
    /** Asks for a department rather than a person. */
    soft: readonly Phrase[];
    botOffers: readonly Phrase[];
    accepts: readonly Phrase[];
  };
  refund: PhraseRules;
  cancellation: PhraseRules & { botProposes: readonly Phrase[] };
  legal: PhraseRules & { asks: readonly Phrase[] };
  medical: AdviceRules;
  financial: AdviceRules;
  security: CaseRules;
  complaint: PhraseRules;
  frustration: {
    cues: readonly Cue[];
    except: readonly Phrase[];
    profanity: readonly Phrase[];
    joy: readonly Phrase[];
    corrections: readonly Phrase[];
    botFails: readonly Phrase[];
    /** Turns down or asks for something else: says little by itself. */
    refuses: readonly Phrase[];
    /** Takes what was said or offered, wherever it stands; and as the first word. */
    agrees: readonly Phrase[];
    agreesFirst: readonly Phrase[];
  };
  /** How one of several things offered is picked by its place. */
  choices: {
    places: readonly (readonly Phrase[])[];
    last: readonly Phrase[];
    beside: readonly Phrase[];
    or: readonly string[];
  };
  cases: Readonly<Record<Case, CaseRules>>;
  topics: {
    /** Words of one subject, whoever asks: two turns that share a subject speak of the same. */
    fields: readonly (readonly string[])[];
    /** Words that ask about a thing without naming it. */
    attributes: readonly string[];
    /** Says outright that something else comes. */
    shifts: readonly Phrase[];
    /** Joins on, to the same or to another subject. */
    joins: readonly Phrase[];
    /** A full stop after these ends no sentence. */
    abbreviations: readonly string[];
    /** Words before a question that are no part of it. */
    leads: readonly string[];
    /** Points back at what was spoken of, where it stands before any word of its own. */
    leans: readonly Phrase[];
    /** Points back wherever it stands in a short question. */
    objects: readonly Phrase[];
    /** How a question begins. */
    asks: readonly Phrase[];
    /** Asks without the form of a question: "number of tries, please". */
    requests: readonly Phrase[];
    /** Where a message goes over to its next question. */
    cuts: readonly Phrase[];
    /** Holds on to a question that was not answered. */
    insists: readonly Phrase[];
    /** What a question wants to know: a time, a price, a way. */
    asksFor: Readonly<Record<string, readonly Phrase[]>>;
    /** Asks for a yes or a no, where it asks for nothing else. */
    asksWhether: readonly Phrase[];
  };
  /** How kind or unkind the words of a text are, -1..1; null where the language has no lexicon. */
  polarity: ((text: string) => number) | null;
  offTopic: PhraseRules;
  smallTalk: Readonly<Record<SmallTalkKind, readonly Phrase[]>>;
  followUp: readonly Phrase[];
  /** Thanks after an answer: the matter is settled, unless an objection goes with them. */
  settled: readonly Phrase[];
  objections: readonly Phrase[];
  numbers: {
    units: Readonly<Record<string, number>>;
    scales: Readonly<Record<string, number>>;
    joins: readonly string[];
  };
  currencies: readonly CurrencyWords[];
  facts: {
    order: readonly string[];
    phone: readonly string[];
    date: readonly Phrase[];
    name: readonly string[];
    owned: readonly string[];
    /** Words that may stand between the owner and the thing. */
    describing: readonly string[];
    notItems: readonly string[];
    /** What may stand between the context word and the number: "order number is". */
    leadIns: readonly string[];
    /** Words beside a bare detail that ask nothing. */
    besides: readonly string[];
  };
}

export const SMALL_TALK_KINDS = [
  'botQuestion',
  'nameQuestion',
  'abilityQuestion',
  'howAreYou',
  'thanks',
  'praise',
  'farewell',
  'greeting',
  'apology',
  'agreement',
  'refusal',
  'pause',
] as const;
export type SmallTalkKind = (typeof SMALL_TALK_KINDS)[number];
