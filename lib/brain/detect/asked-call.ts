import { ANY_TIME, type AskedTime } from '@/lib/domain/asked-time';
import { ENGLISH_CALLS as words } from '../language/en-calls';

const HOUR = 60;
/** Nobody means an hour at night by a bare number. */
const EARLIEST_BARE = 8;

/** Whether somebody who asks for a person asks to be called, and when, as far as they say. Null where they do not. */
export function askedCall(text: string): AskedTime | null {
  const said = text.toLowerCase();
  return words.asks.test(said) ? timeIn(said) : null;
}

function timeIn(said: string): AskedTime {
  const span = words.inMinutes.exec(said);
  if (span) {
    const count = numberOf(span[1] ?? '');
    return { ...ANY_TIME, inMinutes: Math.round(count * (span[2]?.startsWith('h') ? HOUR : 1)) };
  }
  const day = words.days.find(([pattern]) => pattern.test(said));
  const named = day ? null : words.weekdays.exec(said)?.[1]?.slice(0, 3);
  return {
    days: day ? day[1] : null,
    weekday: named ? words.weekdayNames.indexOf(named) : null,
    minute: minuteIn(said),
    inMinutes: null,
  };
}

function minuteIn(said: string): number | null {
  const part = words.parts.find(([pattern]) => pattern.test(said))?.[1] ?? null;
  const short = words.shortClock.exec(said);
  const long = words.clock.exec(said);
  const hour = short?.[1] ?? short?.[4] ?? long?.[1];
  if (hour === undefined) return part;
  const minute = Number(short?.[2] ?? short?.[5] ?? long?.[2] ?? 0);
  const half = short?.[3] ?? long?.[3];
  const exact = hourOf(numberOf(hour), half, short?.[5] !== undefined, part);
  return exact === null || minute > 59 ? part : exact * HOUR + minute;
}

/** "at 3" is in the afternoon, as are "3 pm" and "3 in the evening"; "3:00" is taken for the same. */
function hourOf(
  hour: number,
  half: string | undefined,
  isWritten: boolean,
  part: number | null,
): number | null {
  if (hour > 23) return null;
  if (half !== undefined) return hour > 12 ? hour : (hour % 12) + (half.startsWith('p') ? 12 : 0);
  if (hour === 0 || hour >= 12) return hour;
  if (part !== null && part >= 12 * HOUR) return hour + 12;
  if (isWritten && hour >= 7) return hour;
  return hour < EARLIEST_BARE && part === null ? hour + 12 : hour;
}

function numberOf(word: string): number {
  const others: Readonly<Record<string, number>> = words.others;
  const place = words.numbers.indexOf(word);
  return others[word] ?? (place < 0 ? Number(word) : place + 1);
}
