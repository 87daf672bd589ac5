import type { Signal } from '@/lib/domain/signal';
import { givesFactsOnly } from '../summarise/facts';
import { findPhrase } from '../text/phrases';
import { type Dialogue, type Said, wholeOf } from './dialogue';
import { clausesOf, isRelated, joined, leansBack, type Subject, subjectOf } from './subject';

const FEW_WORDS = 3;

/**
 * How many unrelated topics the visitor has raised. Fires at the turn that opens the one at the threshold, and at each new
 * one after. `articleOf` gives the article that surely answers a turn, or null: two turns with the same one are of one topic.
 */
export function detectTopicSwitches(
  dialogue: Dialogue,
  threshold: number,
  articleOf: (said: Said) => string | null,
): Signal {
  const opening: Said[] = [];
  const topics: { subject: Subject; article: string | null }[] = [];
  let current: Subject | null = null;
  for (const said of dialogue.said) {
    if (said.smallTalk.size > 0) continue;
    const heard = subjectOf(said.answering?.text ?? '', dialogue.book);
    const own = subjectOf(said.turn.text, dialogue.book);
    const article = articleOf(said);
    const held = topics.findLast((topic) => article !== null && topic.article === article);
    const last: { subject: Subject; article: string | null } | undefined = topics[topics.length - 1];
    if (
      last === undefined ||
      (held === undefined && opensTopic(said, own, current, heard, topics, dialogue))
    ) {
      topics.push({ subject: own, article });
      opening.push(said);
      current = own;
      continue;
    }
    const kept = held ?? last;
    kept.subject = joined(kept.subject, own);
    current = joined(joined(current ?? own, own), heard);
  }
  const fired = opening.length >= threshold && opening[opening.length - 1] === dialogue.newest;
  return {
    name: 'topic_switches',
    value: opening.length,
    threshold,
    fired,
    evidence: fired ? opening.slice(-threshold).map((said) => wholeOf(said)) : [],
  };
}

/** A turn opens a topic where it says so outright, or asks something of its own that shares nothing with the talk. */
function opensTopic(
  said: Said,
  own: Subject,
  current: Subject | null,
  heard: Subject,
  topics: readonly { subject: Subject }[],
  dialogue: Dialogue,
): boolean {
  const { book } = dialogue;
  if (own.stems.size === 0 || givesFactsOnly(said.turn, book)) return false;
  const around = current === null ? heard : joined(current, heard);
  const shared = [...own.stems].filter((stem) => around.stems.has(stem)).length;
  if (findPhrase(said.folded, book.topics.shifts) !== null && asksOrStates(said))
    return shared / own.stems.size < 0.5;
  if (topics.some((topic) => isRelated(own, topic.subject)) || isRelated(own, around)) return false;
  const goesOn = findPhrase(said.folded, book.topics.joins) !== null;
  if (goesOn) return said.folded.words > FEW_WORDS;
  if (leansBack(said.folded, book)) return false;
  const asks = clausesOf(said.folded, book).some((clause) => clause.asks);
  return asks || !(said.answering?.text.includes('?') ?? false);
}

function asksOrStates({ folded }: Said): boolean {
  return folded.words > FEW_WORDS;
}
