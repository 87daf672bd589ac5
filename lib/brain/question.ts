import type { Dialogue, Said } from './detect/dialogue';
import type { Finding, Knowledge } from './knowledge';
import { findPhrase } from './text/phrases';
import { contentStems } from './text/stems';

const SHORT = 9;
const FEW_WORDS = 2;

/** What a visitor turn asks: by itself, or, for "and for returns?", together with the question it follows. */
export function findingFor(said: Said, dialogue: Dialogue, knowledge: Knowledge): Finding {
  const alone = knowledge.ask(said.turn.text);
  const before = isFollowUp(said, dialogue) ? questionBefore(said, dialogue) : null;
  if (before === null) return alone;
  const joined = knowledge.ask(together(before, said));
  return (joined.confidence ?? 0) > (alone.confidence ?? 0) ? joined : alone;
}

/** All that `findingFor` may ask for these turns. */
export function questionsIn(said: readonly Said[], dialogue: Dialogue): string[] {
  return said
    .filter((each) => each.smallTalk.size === 0 || each === dialogue.newest)
    .flatMap((each) => {
      const before = isFollowUp(each, dialogue) ? questionBefore(each, dialogue) : null;
      return before === null ? [each.turn.text] : [each.turn.text, together(before, each)];
    });
}

function together(before: Said, said: Said): string {
  return `${before.turn.text}\n${said.turn.text}`;
}

function isFollowUp(said: Said, { book }: Dialogue): boolean {
  if (said.folded.words > SHORT) return false;
  const isBare = contentStems(said.turn.text, book.words).length <= FEW_WORDS;
  return isBare || findPhrase(said.folded, book.followUp) !== null;
}

function questionBefore(said: Said, dialogue: Dialogue): Said | null {
  const place = dialogue.said.indexOf(said);
  const earlier = dialogue.said.slice(Math.max(0, place - 3), place);
  return earlier.findLast((other) => other.smallTalk.size === 0) ?? null;
}
