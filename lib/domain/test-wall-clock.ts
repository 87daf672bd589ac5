import type { Calendar } from './business-hours';

/** Chance with a seed, so that a failing case can be run again. */
export function seededRandom(seed: number): {
  int: (below: number) => number;
  chance: (share: number) => boolean;
} {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
  return { int: (below) => Math.floor(next() * below), chance: (share) => next() < share };
}

const MINUTE = 60_000;
const WEEKDAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];

/**
 * What a clock on the wall of a place shows at each minute of some days, as the platform tells it: it stands for the
 * definition that the arithmetic is held to, and shares nothing with it.
 */
export class WallClock {
  readonly end: number;
  readonly #dates: string[] = [];
  readonly #weekdays: number[] = [];
  readonly #minutes: number[] = [];
  readonly #dateBefore = new Map<string, string>();

  constructor(
    readonly timeZone: string,
    readonly start: number,
    days: number,
  ) {
    this.end = start + days * 24 * 60 * MINUTE;
    const format = new Intl.DateTimeFormat('en-GB', {
      timeZone,
      hourCycle: 'h23',
      weekday: 'short',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
    });
    for (let at = start; at < this.end; at += MINUTE) {
      const [, weekday = '', day, month, year, hour, minute] =
        /^(\w{3}), (\d\d)\/(\d\d)\/(\d{4}), (\d\d):(\d\d)$/.exec(format.format(at)) ?? [];
      if (!WEEKDAYS.includes(weekday)) throw new Error(`no wall clock: ${format.format(at)}`);
      const date = `${year}-${month}-${day}`;
      this.#dates.push(date);
      this.#weekdays.push(WEEKDAYS.indexOf(weekday));
      this.#minutes.push(Number(hour) * 60 + Number(minute));
      if (!this.#dateBefore.has(date)) {
        const before = new Date(`${date}T12:00:00Z`);
        before.setUTCDate(before.getUTCDate() - 1);
        this.#dateBefore.set(date, before.toISOString().slice(0, 10));
      }
    }
  }

  /** The dates it shows, in order. */
  get dates(): string[] {
    return [...this.#dateBefore.keys()];
  }

  /** What it shows at an instant, read as if it stood in UTC. */
  shownAt(at: number): number {
    const index = Math.floor((at - this.start) / MINUTE);
    const minute =
      Date.parse(`${this.#dates[index]}T00:00:00Z`) + (this.#minutes[index] ?? Number.NaN) * MINUTE;
    return minute + (at - Math.floor(at / MINUTE) * MINUTE);
  }

  /** Answers for a minute whether the wall clock stands inside a shift: one of today, or of last night. */
  opening(calendar: Calendar | null): (at: number) => boolean {
    if (calendar === null) return () => true;
    const week = calendar.week.map((day) =>
      day.map(({ from, to }) => ({ from: minutes(from), to: minutes(to) })),
    );
    const holidays = new Set(calendar.holidays.map(({ date }) => date));
    return (at) => {
      const index = Math.floor((at - this.start) / MINUTE);
      const minute = this.#minutes[index] ?? Number.NaN;
      const weekday = this.#weekdays[index] ?? Number.NaN;
      const date = this.#dates[index] ?? '';
      const today = week[weekday] ?? [];
      if (
        !holidays.has(date) &&
        today.some(({ from, to }) => minute >= from && (to <= from || minute < to))
      ) {
        return true;
      }
      const yesterday = week[(weekday + 6) % 7] ?? [];
      return (
        yesterday.some(({ from, to }) => to <= from && minute < to) &&
        !holidays.has(this.#dateBefore.get(date) ?? '')
      );
    };
  }

  /** Business time by stepping through the minutes. */
  between(open: (at: number) => boolean, from: number, to: number): number {
    let sum = 0;
    for (let at = from; at < to; ) {
      const next = Math.min(minuteAfter(at), to);
      if (open(at)) sum += next - at;
      at = next;
    }
    return sum;
  }

  /** The first instant at which that much has passed, by stepping; null where these days end before. */
  add(open: (at: number) => boolean, from: number, ms: number): number | null {
    let left = ms;
    for (let at = from; at < this.end; at = minuteAfter(at)) {
      if (left <= 0) return at;
      if (!open(at)) continue;
      const passing = minuteAfter(at) - at;
      if (passing >= left) return at + left;
      left -= passing;
    }
    return null;
  }

  /** The first instant from `from` on that is open, or that is not; null where these days end before. */
  first(open: (at: number) => boolean, wanted: boolean, from: number): number | null {
    for (let at = from; at < this.end; at = minuteAfter(at)) if (open(at) === wanted) return at;
    return null;
  }
}

/** Where and when clocks were put forward or back, by an hour, by less or more, at midnight, by a day; and quiet days. */
export const WINDOWS: readonly (readonly [timeZone: string, date: string])[] = [
  ['UTC', '2024-02-28'],
  ['Asia/Kolkata', '2025-06-04'],
  ['Asia/Kathmandu', '2025-01-01'],
  ['Asia/Kathmandu', '1986-01-01'],
  ['Europe/Berlin', '2025-03-30'],
  ['Europe/Berlin', '2025-10-26'],
  ['America/New_York', '2025-03-09'],
  ['America/New_York', '2025-11-02'],
  ['America/St_Johns', '2010-03-14'],
  ['America/St_Johns', '2010-11-07'],
  ['America/Sao_Paulo', '2017-10-15'],
  ['America/Sao_Paulo', '2018-02-18'],
  ['Africa/Casablanca', '2024-03-10'],
  ['Africa/Casablanca', '2024-04-14'],
  ['Africa/Cairo', '2024-04-26'],
  ['Africa/Cairo', '2024-10-31'],
  ['Asia/Tehran', '2021-03-22'],
  ['Asia/Tehran', '2021-09-22'],
  ['Asia/Pyongyang', '2018-05-05'],
  ['Australia/Lord_Howe', '2024-04-07'],
  ['Australia/Lord_Howe', '2024-10-06'],
  ['Pacific/Chatham', '2025-04-06'],
  ['Pacific/Chatham', '2025-09-28'],
  ['Pacific/Apia', '2011-12-30'],
  ['Pacific/Apia', '2012-04-01'],
  ['Pacific/Kwajalein', '1993-08-21'],
  ['Antarctica/Troll', '2024-03-31'],
  ['Antarctica/Troll', '2024-10-27'],
];

export function wallClocks(
  windows: readonly (readonly [timeZone: string, date: string])[],
  days: number,
): WallClock[] {
  return windows.map(([timeZone, date]) => {
    const middle = Date.parse(`${date}T00:00:00Z`);
    return new WallClock(timeZone, middle - Math.floor(days / 2) * 24 * 60 * MINUTE, days);
  });
}

/** Any week: shut days, several shifts, overlaps, nights, whole days; holidays among the dates the wall clock shows. */
export function randomCalendar(wall: WallClock, { int, chance }: ReturnType<typeof seededRandom>): Calendar {
  const shut = chance(0.03);
  const step = [1, 5, 15, 60][int(4)] ?? 1;
  const nights = chance(0.5);
  const time = (below: number) => {
    const minute = int(below / step) * step;
    return `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
  };
  const interval = () => {
    if (chance(0.1)) return { from: '00:00', to: '24:00' };
    const [from, to] = [chance(0.3) ? time(300) : time(1440), chance(0.1) ? '24:00' : time(1440)];
    return nights || from < to ? { from, to } : { from: to === '24:00' ? '12:00' : to, to: from };
  };
  return {
    timeZone: wall.timeZone,
    week: WEEKDAYS.map(() => Array.from({ length: shut ? 0 : int(4) }, interval)),
    holidays: wall.dates.filter(() => chance(0.12)).map((date) => ({ date, name: 'Holiday' })),
  };
}

function minuteAfter(at: number): number {
  return Math.floor(at / MINUTE) * MINUTE + MINUTE;
}

function minutes(time: string): number {
  const [hour = '', minute = ''] = time.split(':');
  return Number(hour) * 60 + Number(minute);
}
