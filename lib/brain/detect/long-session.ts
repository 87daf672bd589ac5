import type { Turn } from '@/lib/domain/judgement';
import type { Signal } from '@/lib/domain/signal';
import { findPhrase } from '../text/phrases';
import { type Dialogue, wholeOf } from './dialogue';

const MINUTE = 60_000;
const LONGEST_PAUSE = 5 * MINUTE;

/**
 * Minutes of talk since the last thing that was settled, pauses counted as at most five. Fires at the turn that crosses
 * the threshold, and again each time as much has passed anew: an offer turned down is not made at every turn.
 */
export function detectLongSession(dialogue: Dialogue, sessionMinutes: number, now: number): Signal {
  const open = sinceSettled(dialogue);
  const before = open.slice(0, -1);
  const minutes = activeMinutes(open, now);
  const previously = activeMinutes(before, before[before.length - 1]?.at ?? now);
  const fired =
    sessionMinutes > 0 && Math.floor(minutes / sessionMinutes) > Math.floor(previously / sessionMinutes);
  return {
    name: 'long_session',
    value: Math.round(minutes * 10) / 10,
    threshold: sessionMinutes,
    fired,
    evidence: fired ? [wholeOf(dialogue.newest)] : [],
  };
}

function sinceSettled({ turns, newest, book }: Dialogue): Turn[] {
  const settled = turns.findLastIndex(
    (turn) =>
      turn.author === 'visitor' &&
      turn !== newest.turn &&
      findPhrase(book.fold(turn.text), { says: book.settled, except: [] }) !== null,
  );
  return turns.slice(settled + 1);
}

function activeMinutes(turns: readonly Turn[], until: number): number {
  let active = 0;
  turns.forEach((turn, index) => {
    const next = turns[index + 1]?.at ?? until;
    active += Math.min(LONGEST_PAUSE, Math.max(0, next - turn.at));
  });
  return active / MINUTE;
}
