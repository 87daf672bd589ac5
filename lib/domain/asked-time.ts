/** When somebody asks to be called, as far as they say, by their own clock. Nothing of it: any time is right. */
export interface AskedTime {
  /** Whole days from the day on which it was said. */
  days: number | null;
  /** The next such day, 0 for Monday. */
  weekday: number | null;
  /** Minutes from midnight. */
  minute: number | null;
  /** Minutes from when it was said, which is all there is to it then. */
  inMinutes: number | null;
}

export const ANY_TIME: AskedTime = { days: null, weekday: null, minute: null, inMinutes: null };

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

/** The instant from which times suit whoever asked for this at `saidAt`; null where any does. */
export function instantAsked(asked: AskedTime, saidAt: number, timeZone: string): number | null {
  const { days, weekday, minute, inMinutes } = asked;
  if (inMinutes !== null) return saidAt + inMinutes * MINUTE;
  if (days === null && weekday === null && minute === null) return null;
  const said = saidAt + offsetAt(saidAt, timeZone);
  const today = Math.floor(said / DAY);
  const ahead = weekday === null ? (days ?? 0) : (weekday - weekdayOf(today) + 7) % 7;
  const at = (date: number) => instantOf(date * DAY + (minute ?? 0) * MINUTE, timeZone);
  const first = at(today + ahead);
  if (first > saidAt || minute === null) return Math.max(first, saidAt);
  // It is past already: the next day on which it is so.
  if (weekday !== null) return at(today + ahead + 7);
  return days === null ? at(today + 1) : saidAt;
}

/** Days since 1970-01-01, a Thursday, to 0 for Monday. */
function weekdayOf(date: number): number {
  return (((date + 3) % 7) + 7) % 7;
}

/** What a clock shows, written as if it were UTC, to the instant at which it does. */
function instantOf(shown: number, timeZone: string): number {
  const guess = shown - offsetAt(shown, timeZone);
  return shown - offsetAt(guess, timeZone);
}

function offsetAt(at: number, timeZone: string): number {
  const parts = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
  }).formatToParts(at);
  const part = (type: Intl.DateTimeFormatPartTypes) =>
    Number(parts.find((each) => each.type === type)?.value ?? 0);
  const shown = Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'));
  return shown - Math.floor(at / MINUTE) * MINUTE;
}
