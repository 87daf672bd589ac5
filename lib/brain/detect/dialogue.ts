import type { Turn } from '@/lib/domain/judgement';
import type { Evidence, Signal, SignalName } from '@/lib/domain/signal';
import type { Phrasebook } from '../language/phrasebook';
import type { Folded, Span } from '../text/folded';
import { type CompiledRules, consistsOf, findPhrase } from '../text/phrases';

const LONGEST_SMALL_TALK = 24;
const LONGEST_THANKS = 9;

/** A visitor turn, read. */
export interface Said {
  turn: Turn;
  folded: Folded;
  /** Kinds of small talk, empty where the turn says anything else. */
  smallTalk: ReadonlySet<string>;
  /** What the bot said last before it, or null. */
  answering: Turn | null;
}

/** A conversation as the detectors read it: the visitor's turns since a person last spoke in it. */
export interface Dialogue {
  book: Phrasebook;
  said: readonly Said[];
  newest: Said;
  turns: readonly Turn[];
}

/** Null where the visitor has said nothing yet. */
export function readDialogue(turns: readonly Turn[], book: Phrasebook): Dialogue | null {
  const lastAgent = turns.findLastIndex((turn) => turn.author === 'agent');
  const own = turns.slice(lastAgent + 1);
  const said: Said[] = [];
  let answering: Turn | null = null;
  for (const turn of own) {
    if (turn.author !== 'visitor') {
      answering = turn;
      continue;
    }
    const folded = book.fold(turn.text);
    said.push({ turn, folded, smallTalk: smallTalkIn(folded, book), answering });
  }
  const newest = said[said.length - 1];
  return newest === undefined ? null : { book, said, newest, turns: own };
}

function smallTalkIn(folded: Folded, book: Phrasebook): ReadonlySet<string> {
  if (folded.words === 0) return new Set([folded.text.includes('?') ? 'abilityQuestion' : 'pause']);
  if (folded.words > LONGEST_SMALL_TALK) return new Set();
  const kinds = consistsOf(folded.text, book.smallTalk);
  return kinds.size === 0 && isPlainThanks(folded, book) ? new Set(['thanks']) : kinds;
}

/** "Three tennis balls, got it. Thank you!" is thanks, whatever else it names; "thanks, but" is none. */
function isPlainThanks(folded: Folded, book: Phrasebook): boolean {
  if (folded.words > LONGEST_THANKS || folded.text.includes('?')) return false;
  const thanked = findPhrase(folded, { says: book.settled, except: [] });
  return thanked !== null && findPhrase(folded, { says: book.objections, except: [] }) === null;
}

export function evidenceAt(said: Said, span: Span, note?: string): Evidence {
  const place = { messageId: said.turn.id, start: span.start, end: span.end };
  return note === undefined ? place : { ...place, note };
}

export function wholeOf(said: Said, note?: string): Evidence {
  return evidenceAt(said, { start: 0, end: said.turn.text.length }, note);
}

/** A signal of kind yes or no: the newest turn says it, or it does not. */
export function phraseSignal(name: SignalName, dialogue: Dialogue, rules: CompiledRules): Signal {
  const span = findPhrase(dialogue.newest.folded, rules);
  return yesOrNo(name, span === null ? [] : [evidenceAt(dialogue.newest, span)]);
}

export function yesOrNo(name: SignalName, evidence: Evidence[]): Signal {
  const fired = evidence.length > 0;
  return { name, value: fired ? 1 : 0, threshold: 1, fired, evidence };
}
