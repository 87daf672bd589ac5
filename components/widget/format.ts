import type { ShownWait } from '@/lib/domain/shown-wait';
import type { QueuePosition } from '@/lib/protocol';
import type { Say, TextName } from './texts';

const HOUR = 60;

export interface Format {
  time(at: number): string;
  date(at: number): string;
  /** Roughly how long: minutes, then hours, then days. */
  span(ms: number): string;
  /** Today, yesterday, or the date. */
  day(at: number, now: number): string;
  /** A time to come: today's alone, this week's with its day, a later one with its date. */
  ahead(at: number, now: number): string;
  /** A time of the next days: `Today 15:30`, `Tomorrow 9:15`, `Thursday 10:00`. */
  slot(at: number, now: number): string;
  place(position: QueuePosition): string;
  wait(wait: ShownWait): WaitText;
}

/** `3–6` and `min` apart, since they are set apart; and in whole words. */
export interface WaitText {
  range: string;
  unit: string;
  words: string;
}

/** Writes in the widget's language, with the reader's own habits where they speak it. */
export function formatFor(locale: string, say: Say): Format {
  const own = navigator.languages.find((language) => language.split('-')[0] === locale.split('-')[0]);
  const known = Intl.DateTimeFormat.supportedLocalesOf([own ?? locale])[0] ?? 'en';
  const time = new Intl.DateTimeFormat(known, { hour: 'numeric', minute: '2-digit' });
  const date = new Intl.DateTimeFormat(known, { day: 'numeric', month: 'short' });
  const weekday = new Intl.DateTimeFormat(known, { weekday: 'long' });
  const plural = new Intl.PluralRules(known, { type: 'ordinal' });
  return {
    time: (at) => time.format(at),
    date: (at) => date.format(at),
    day(at, now) {
      if (sameDay(at, now)) return say('today');
      return sameDay(at, now - 86_400_000) ? say('yesterday') : date.format(at);
    },
    ahead(at, now) {
      if (sameDay(at, now)) return time.format(at);
      return `${at - now < 6 * 86_400_000 ? weekday.format(at) : date.format(at)} ${time.format(at)}`;
    },
    slot(at, now) {
      if (sameDay(at, now)) return `${say('today')} ${time.format(at)}`;
      if (sameDay(at, now + 86_400_000)) return `${say('tomorrow')} ${time.format(at)}`;
      return `${at - now < 6 * 86_400_000 ? weekday.format(at) : date.format(at)} ${time.format(at)}`;
    },
    span(ms) {
      const minutes = Math.max(1, Math.round(ms / 60_000));
      if (minutes < HOUR) return say('minutesLong', { count: minutes });
      const hours = Math.round(minutes / HOUR);
      return hours < 48
        ? say('hoursLong', { count: hours })
        : say('daysLong', { count: Math.round(hours / 24) });
    },
    place({ position, exact }) {
      if (!exact) return `${position}+`;
      const rule = plural.select(position);
      const name: TextName =
        rule === 'one' || rule === 'two' || rule === 'few' ? `ordinal_${rule}` : 'ordinal_other';
      return say(name, { n: position });
    },
    wait({ lowMinutes, highMinutes }) {
      const inHours = highMinutes > 2 * HOUR;
      const [low, high] = inHours ? [lowMinutes / HOUR, highMinutes / HOUR] : [lowMinutes, highMinutes];
      const values = { low, high };
      return {
        range: say(low === 0 ? 'waitUnder' : 'waitRange', values),
        unit: say(inHours ? 'hours' : 'minutes'),
        words: say(waitWords(low, high, inHours), values),
      };
    },
  };
}

function waitWords(low: number, high: number, inHours: boolean): TextName {
  if (low > 0) return inHours ? 'wordsRangeHours' : 'wordsRangeMinutes';
  if (inHours) return 'wordsUnderHours';
  return high === 1 ? 'wordsUnderMinute' : 'wordsUnderMinutes';
}

export function sameDay(a: number, b: number): boolean {
  return new Date(a).toDateString() === new Date(b).toDateString();
}

export function firstName(name: string): string {
  return name.split(' ')[0] ?? name;
}

export function initials(name: string): string {
  const words = name.split(/\s+/).filter(Boolean);
  const last = words.length > 1 ? words.at(-1) : '';
  return [words[0], last]
    .map((word) => [...(word ?? '')][0] ?? '')
    .join('')
    .toLocaleUpperCase();
}
