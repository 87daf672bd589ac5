import type { Evidence, Signal } from '@/lib/domain/signal';
import type { Folded, Span } from '../text/folded';
import { findPhrase, findPhrases } from '../text/phrases';
import { contentStems } from '../text/stems';
import { type Dialogue, evidenceAt, type Said } from './dialogue';
import { similarity } from './similarity';

const CARRIED = 0.6;
const CARRIED_AGREED = 0.2;
const LOOKED_BACK = 4;
const REPEATED = 0.55;
const MOST_UNDERTONE = 0.2;
/** Displeased words weigh more where an answer was given and did not settle it. */
const STILL_AT_IT = 0.25;
const JOY_CALMS = 0.35;
const MOST_OF_A_KIND = 2;
/** Five letters or more: shorter ones are mostly the names of things, as VAT or WIFI. */
const EMPHASIS = /(?<![\p{L}\p{N}])\p{Lu}{5,}(?![\p{L}\p{N}])/u;
const ANGRY_FACE = /[😠😡🤬😤🖕💢👿]/u;
const WRY_FACE = /[🙄😒👏👎🤦🤡😑]/u;

/**
 * How likely the visitor is fed up, 0..1: small cues joined as independent chances, with what was felt before fading by
 * turn. Modest on purpose: one cue makes uneasy, it takes two or one harsh one to fire.
 */
export function detectFrustration(dialogue: Dialogue, threshold: number): Signal {
  const recent = dialogue.said.slice(-LOOKED_BACK);
  const offset = dialogue.said.length - recent.length;
  let value = 0;
  let evidence: Evidence[] = [];
  recent.forEach((said, index) => {
    const cues = cuesOf(said, offset + index, dialogue);
    const own = cues.reduce((calm, cue) => calm * (1 - cue.weight), 1);
    value = 1 - own * (1 - (cues.length === 0 ? carried(said, dialogue) : CARRIED) * value);
    evidence = [...evidence, ...cues.map((cue) => cue.evidence)];
  });
  const rounded = Math.round((1 - (1 - value) * (1 - undertone(dialogue))) * 1000) / 1000;
  return {
    name: 'frustration',
    value: rounded,
    threshold,
    fired: rounded >= threshold,
    evidence: rounded > 0 ? evidence.slice(-6) : [],
  };
}

/** How much of what was felt before is still felt where nothing new is. */
function carried({ smallTalk, folded }: Said, { book }: Dialogue): number {
  if (smallTalk.has('thanks') || smallTalk.has('praise')) return 0;
  return isAgreed(folded, book) ? CARRIED_AGREED : CARRIED;
}

/**
 * What a turn lets be felt without saying it: unkind words, turning down or taking what was offered, a bot that could not or asked nothing
 * back. Never enough to fire, it tells a little displeased from content.
 */
function undertone({ newest, said, book }: Dialogue): number {
  const isContent = ['thanks', 'praise', 'farewell'].some((kind) => newest.smallTalk.has(kind));
  if (said.length === 1 || isContent) return 0;
  const refused = findPhrase(newest.folded, { says: book.frustration.refuses, except: [] });
  const failed = newest.answering !== null && botFailed(newest.answering.text, book);
  const evidence =
    -2 * (book.language.polarity?.(newest.turn.text) ?? 0) +
    (refused === null ? 0 : refused.start === 0 ? 3 : 1) -
    (isAgreed(newest.folded, book) ? 2 : 0) +
    (failed ? 1 : 0) +
    (newest.answering?.text.includes('?') ? 0 : 1);
  return MOST_UNDERTONE / (1 + Math.exp(2 - evidence));
}

/** Takes what was said or offered. */
export function isAgreed(
  folded: Folded,
  { frustration: { agrees, agreesFirst } }: Dialogue['book'],
): boolean {
  if (findPhrase(folded, { says: agrees, except: [] }) !== null) return true;
  return findPhrase(folded, { says: agreesFirst, except: [] })?.start === 0;
}

interface Felt {
  weight: number;
  evidence: Evidence;
}

function cuesOf(said: Said, index: number, dialogue: Dialogue): Felt[] {
  const words = wordCues(said, dialogue);
  const felt = [
    ...words,
    ...surfaceCues(said, dialogue),
    ...courseCues(said, index, dialogue, words.length > 0),
  ];
  const isJoyful =
    findPhrase(said.folded, dialogue.book.frustration.joy) !== null &&
    words.every((cue) => cue.weight <= 0.5);
  return isJoyful ? felt.map((cue) => ({ ...cue, weight: cue.weight * JOY_CALMS })) : felt;
}

/** What is said, the strongest first: at most two cues of each strength, and swearing. */
function wordCues(said: Said, { book }: Dialogue): Felt[] {
  const taken: Span[] = [];
  const rules = [...book.frustration.cues, { weight: 0.5, rules: book.frustration.profanity }];
  return rules.flatMap(({ weight, rules: phrases }) => {
    const spans = findPhrases(said.folded, phrases, taken).slice(0, MOST_OF_A_KIND);
    taken.push(...spans);
    return spans.map((span) => ({ weight, evidence: evidenceAt(said, span) }));
  });
}

/** How it is typed: shouting that is no habit, a word in capitals, runs of marks, and angry faces. */
function surfaceCues(said: Said, dialogue: Dialogue): Felt[] {
  const text = said.turn.text;
  const felt: Felt[] = [];
  const at = (found: RegExpExecArray | null, weight: number, note: string): void => {
    if (found === null) return;
    const span = { start: found.index, end: found.index + found[0].length };
    felt.push({ weight, evidence: evidenceAt(said, span, note) });
  };
  if (isShouted(text)) {
    const others = dialogue.said.filter((other) => other !== said);
    const isHabit = others.length > 0 && others.every((other) => isShouted(other.turn.text));
    const isFirst = dialogue.said[0] === said;
    const weight = isHabit ? 0 : !isFirst ? 0.72 : text.includes('!') ? 0.4 : 0.25;
    if (weight > 0)
      felt.push({ weight, evidence: evidenceAt(said, { start: 0, end: text.length }, 'capitals') });
  } else at(EMPHASIS.exec(text), 0.2, 'a word in capitals');
  at(/[!?]{3,}|!!|\?!|!\?/.exec(text), 0.25, 'run of marks');
  if (felt.every(({ evidence }) => evidence.note !== 'run of marks'))
    at(/\?\?/.exec(text), 0.2, 'run of marks');
  at(ANGRY_FACE.exec(text), 0.5, 'angry face');
  at(WRY_FACE.exec(text), 0.3, 'wry face');
  return felt;
}

function isShouted(text: string): boolean {
  const words = text.match(/\p{L}{3,}/gu) ?? [];
  const loud = words.filter((word) => word === word.toUpperCase() && word !== word.toLowerCase());
  return loud.length >= 2 && loud.length / words.length >= 0.5;
}

/** How the talk goes: corrections, saying it again, and a bot that did not know. */
function courseCues(said: Said, index: number, dialogue: Dialogue, hasWords: boolean): Felt[] {
  const { book } = dialogue;
  const felt: Felt[] = [];
  const corrected = index === 0 ? null : findPhrase(said.folded, book.frustration.corrections);
  if (corrected !== null) felt.push({ weight: 0.15, evidence: evidenceAt(said, corrected, 'correction') });
  const before = dialogue.said[index - 1];
  if (before !== undefined && isRepeat(before, said, dialogue)) {
    felt.push({
      weight: 0.2,
      evidence: evidenceAt(said, { start: 0, end: said.turn.text.length }, 'said again'),
    });
  }
  if (hasWords && said.answering !== null) {
    felt.push({ weight: STILL_AT_IT, evidence: evidenceAt(said, { start: 0, end: 0 }, 'after an answer') });
    if (botFailed(said.answering.text, book))
      felt.push({ weight: 0.15, evidence: evidenceAt(said, { start: 0, end: 0 }, 'the bot had not known') });
  }
  return felt;
}

function isRepeat(before: Said, said: Said, { book }: Dialogue): boolean {
  const [a, b] = [before, said].map(({ turn }) => new Set(contentStems(turn.text, book.words)));
  return a !== undefined && b !== undefined && Math.min(a.size, b.size) >= 2 && similarity(a, b) >= REPEATED;
}

function botFailed(text: string, book: Dialogue['book']): boolean {
  return findPhrase(book.fold(text), { says: book.frustration.botFails, except: [] }) !== null;
}
