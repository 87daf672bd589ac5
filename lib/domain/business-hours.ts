import { IANAZone } from 'luxon';

/** A shift. `to` may be `24:00`; where it is not after `from`, the shift ends at that time on the next day. */
export interface Interval {
  /** HH:mm */
  from: string;
  /** HH:mm */
  to: string;
}

/** When a team works. In every function here `null` in its place means around the clock. */
export interface Calendar {
  timeZone: string;
  /** Seven days, Monday first: the shifts that start on each. */
  week: readonly (readonly Interval[])[];
  /** No shift starts on these dates (yyyy-mm-dd); one that started the evening before goes on. */
  holidays: readonly { date: string; name: string }[];
}

export interface CalendarProblem {
  /** Where, as a path: `timeZone`, `week.0.1.from`, `holidays.2.date`. */
  field: string;
  /** What to do about it. */
  message: string;
}

interface Span {
  start: number;
  end: number;
}

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const DAY = 24 * 60 * MINUTE;

/** A calendar that stays shut this long is held to stay shut; one that stays open this long, never to close. */
const SEARCH_DAYS = 2 * 366;
/** No deadline is looked for further ahead: a target that takes longer has none. */
const HORIZON_DAYS = 50 * 366;

/**
 * Business time from one instant to another, in ms: the real time that passes while the local wall clock stands inside a
 * shift. A repeated hour counts twice, a skipped one not at all; shifts that overlap count once. 0 where `to` is not
 * after `from`. Times are epoch ms. A calendar that `calendarProblems` refuses may raise a RangeError here.
 */
export function businessMsBetween(calendar: Calendar | null, from: number, to: number): number {
  if (to <= from) return 0;
  if (calendar === null) return to - from;
  const hours = hoursOf(calendar);
  let sum = 0;
  for (let day = Math.floor(from / DAY); day * DAY < to; day++) {
    for (const span of openSpans(hours, day)) {
      sum += Math.max(0, Math.min(span.end, to) - Math.max(span.start, from));
    }
  }
  return sum;
}

/**
 * The earliest instant at which `ms` of business time have passed since `from`: a target that ends as the shift does is
 * due when it closes, not when it opens again. `from` itself for nothing. Null where the calendar never opens for long
 * enough: two years on end without an open minute, or fifty in all.
 */
export function addBusinessMs(calendar: Calendar | null, from: number, ms: number): number | null {
  if (ms <= 0) return from;
  if (calendar === null) return from + ms;
  const hours = hoursOf(calendar);
  const first = Math.floor(from / DAY);
  let left = ms;
  let lastOpen = first;
  for (let day = first; day - lastOpen <= SEARCH_DAYS && day - first <= HORIZON_DAYS; day++) {
    for (const span of openSpans(hours, day)) {
      lastOpen = day;
      const start = Math.max(span.start, from);
      if (span.end - start >= left) return start + left;
      left -= Math.max(0, span.end - start);
    }
  }
  return null;
}

/** Whether the wall clock stands inside a shift at this instant: at its first it does, at its last no more. */
export function isOpen(calendar: Calendar | null, at: number): boolean {
  if (calendar === null) return true;
  return openSpans(hoursOf(calendar), Math.floor(at / DAY)).some((span) => span.start <= at && at < span.end);
}

/** The earliest open instant from `at` on, itself included. Null where nothing opens within two years. */
export function nextOpening(calendar: Calendar | null, at: number): number | null {
  if (calendar === null) return at;
  return nextStretch(hoursOf(calendar), at)?.start ?? null;
}

/** When the open stretch ends in which `at` stands, or else the next one. Null where none does within two years. */
export function nextClosing(calendar: Calendar | null, at: number): number | null {
  if (calendar === null) return null;
  const hours = hoursOf(calendar);
  const stretch = nextStretch(hours, at);
  if (stretch === null) return null;
  let { end } = stretch;
  for (const limit = at + SEARCH_DAYS * DAY; end < limit; ) {
    const next = openSpans(hours, Math.floor(end / DAY)).find((span) => span.start <= end && end < span.end);
    if (next === undefined) return end;
    end = next.end;
  }
  return null;
}

/** What must be put right before a calendar can be used. Empty: nothing. */
export function calendarProblems(calendar: Calendar): CalendarProblem[] {
  const problems: CalendarProblem[] = [];
  if (!IANAZone.isValidZone(calendar.timeZone)) {
    const message = `Choose a time zone such as Europe/Oslo: "${calendar.timeZone}" is not known.`;
    problems.push({ field: 'timeZone', message });
  }
  if (calendar.week.length !== 7) {
    const message = `Give seven days, Monday first: these are ${calendar.week.length}.`;
    problems.push({ field: 'week', message });
  }
  return [...problems, ...weekProblems(calendar.week), ...holidayProblems(calendar.holidays)];
}

const DAY_NAMES = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];

function weekProblems(week: Calendar['week']): CalendarProblem[] {
  const problems: CalendarProblem[] = [];
  const shifts: (Span & { field: string; name: string })[] = [];
  week.forEach((intervals, day) => {
    intervals.forEach((interval, index) => {
      const field = `week.${day}.${index}`;
      const found = intervalProblems(interval, field);
      problems.push(...found);
      const shift = found.length === 0 ? shiftOf(interval) : null;
      if (shift === null) return;
      const name = `${DAY_NAMES[day] ?? 'A day'} ${interval.from} to ${interval.to}`;
      shifts.push({ start: day * DAY + shift.start, end: day * DAY + shift.end, field, name });
    });
  });
  shifts.forEach((shift, index) => {
    const other = shifts.find((another, place) => place !== index && collide(another, shift, place < index));
    if (other === undefined) return;
    const message = `${shift.name} overlaps ${other.name}: join the two or move one.`;
    problems.push({ field: shift.field, message });
  });
  return problems;
}

/** Whether an earlier shift reaches into a later one; Sunday night comes before Monday. */
function collide(one: Span, other: Span, earlier: boolean): boolean {
  const week = 7 * DAY;
  if (earlier) return one.start < other.end && other.start < one.end;
  return other.start < one.end - week;
}

function intervalProblems({ from, to }: Interval, field: string): CalendarProblem[] {
  const wrong = (name: string, value: string) => ({
    field: `${field}.${name}`,
    message: `Write the time as HH:mm, such as 09:00: "${value}" is none.`,
  });
  const problems: CalendarProblem[] = [];
  if (timeOf(from) === null || from === '24:00') problems.push(wrong('from', from));
  if (timeOf(to) === null) problems.push(wrong('to', to));
  if (problems.length === 0 && from === to) {
    const message = 'Give two different times; for the whole day write 00:00 to 24:00.';
    problems.push({ field: `${field}.to`, message });
  }
  return problems;
}

function holidayProblems(holidays: Calendar['holidays']): CalendarProblem[] {
  return holidays.flatMap(({ date }, index) => {
    const field = `holidays.${index}.date`;
    if (dateOf(date) === null) {
      return [{ field, message: `Write the date as yyyy-mm-dd, such as 2027-05-17: "${date}" is none.` }];
    }
    if (holidays.findIndex((holiday) => holiday.date === date) < index) {
      return [{ field, message: `${date} is a holiday already: remove one of the two.` }];
    }
    return [];
  });
}

/** A calendar read once: shifts as ms from the midnight of their day, and what was worked out from them. */
interface Hours {
  zone: Zone;
  shifts: readonly (readonly Span[])[];
  holidays: ReadonlySet<number>;
  days: Map<number, readonly Span[]>;
}

const CACHED_DAYS = 1000;
const hoursByCalendar = new WeakMap<Calendar, Hours>();

function hoursOf(calendar: Calendar): Hours {
  const known = hoursByCalendar.get(calendar);
  if (known) return known;
  const hours: Hours = {
    zone: zoneOf(calendar.timeZone),
    shifts: calendar.week.map((intervals) => intervals.map(knownShift)),
    holidays: new Set(calendar.holidays.map(({ date }) => dateOf(date) ?? Number.NaN)),
    days: new Map(),
  };
  hoursByCalendar.set(calendar, hours);
  return hours;
}

function nextStretch(hours: Hours, at: number): Span | null {
  const first = Math.floor(at / DAY);
  for (let day = first; day - first <= SEARCH_DAYS; day++) {
    const span = openSpans(hours, day).find(({ end }) => end > at);
    if (span) return { start: Math.max(span.start, at), end: span.end };
  }
  return null;
}

/** The open spans of a UTC day, in order and apart. */
function openSpans(hours: Hours, day: number): readonly Span[] {
  const known = hours.days.get(day);
  if (known) return known;
  const spans = runsOf(hours.zone, day).flatMap((run) => spansOfRun(hours, run));
  const united = unite(spans.sort((a, b) => a.start - b.start));
  if (hours.days.size >= CACHED_DAYS) hours.days.clear();
  hours.days.set(day, united);
  return united;
}

/**
 * Between two changes of the offset the wall clock runs as real time does, so that shifts, which are stretches of wall
 * clock, are moved by the offset and cut to the run. What the clock shows twice lies in two runs, what it skips in none.
 */
function spansOfRun(hours: Hours, run: Run): Span[] {
  const spans: Span[] = [];
  const firstDate = Math.floor((run.start + run.offset) / DAY) - 1;
  for (let date = firstDate; date * DAY < run.end + run.offset; date++) {
    if (hours.holidays.has(date)) continue;
    const midnight = date * DAY - run.offset;
    for (const shift of hours.shifts[weekdayOf(date)] ?? []) {
      const start = Math.max(run.start, midnight + shift.start);
      const end = Math.min(run.end, midnight + shift.end);
      if (start < end) spans.push({ start, end });
    }
  }
  return spans;
}

function unite(sorted: readonly Span[]): Span[] {
  const united: Span[] = [];
  for (const span of sorted) {
    const last = united.at(-1);
    if (last && span.start <= last.end) last.end = Math.max(last.end, span.end);
    else united.push({ ...span });
  }
  return united;
}

/** Days since 1970-01-01, a Thursday, to 0 for Monday. */
function weekdayOf(date: number): number {
  return (((date + 3) % 7) + 7) % 7;
}

/** A stretch of real time over which the zone's offset (ms ahead of UTC) stays the same. */
interface Run extends Span {
  offset: number;
}

interface Zone {
  at: (instant: number) => number;
  /** The offset at the midnight (UTC) of a day, and the instant of a change within it. */
  midnights: Map<number, number>;
  changes: Map<number, number>;
}

const CACHED_ZONES = 100;
const CACHED_MIDNIGHTS = 5000;
/** Asking for an offset takes longer than all the rest, and calendars come and go while zones stay. */
const zones = new Map<string, Zone>();

function zoneOf(name: string): Zone {
  const known = zones.get(name);
  if (known) return known;
  if (!IANAZone.isValidZone(name)) throw new RangeError(`calendar: the time zone "${name}" is not known`);
  const iana = IANAZone.create(name);
  const at = (instant: number) => Math.round(iana.offset(instant) * MINUTE);
  const zone: Zone = { at, midnights: new Map(), changes: new Map() };
  if (zones.size >= CACHED_ZONES) zones.clear();
  zones.set(name, zone);
  return zone;
}

/** The runs of a UTC day. Wherever and whenever, four days or more lay between one change of the offset and the next. */
function runsOf(zone: Zone, day: number): readonly Run[] {
  const start = day * DAY;
  const end = start + DAY;
  const offset = midnightOffset(zone, day);
  const after = midnightOffset(zone, day + 1);
  if (offset === after) return [{ start, end, offset }];
  const change = zone.changes.get(day) ?? firstChange(zone, start, end, offset);
  zone.changes.set(day, change);
  const runs: Run[] = [
    { start, end: change, offset },
    { start: change, end, offset: after },
  ];
  return runs.filter((run) => run.start < run.end);
}

/** The instant, to the second, at which the offset is no more what it was at `from`; at `to` it is not. */
function firstChange(zone: Zone, from: number, to: number, offset: number): number {
  let before = from / SECOND;
  let after = to / SECOND;
  while (after - before > 1) {
    const middle = Math.floor((before + after) / 2);
    if (zone.at(middle * SECOND) === offset) before = middle;
    else after = middle;
  }
  return after * SECOND;
}

function midnightOffset(zone: Zone, day: number): number {
  const known = zone.midnights.get(day);
  if (known !== undefined) return known;
  const offset = zone.at(day * DAY);
  if (zone.midnights.size >= CACHED_MIDNIGHTS) {
    zone.midnights.clear();
    zone.changes.clear();
  }
  zone.midnights.set(day, offset);
  return offset;
}

function knownShift(interval: Interval): Span {
  const shift = shiftOf(interval);
  if (shift === null) throw new RangeError(`calendar: "${interval.from}" to "${interval.to}" is no interval`);
  return shift;
}

function shiftOf({ from, to }: Interval): Span | null {
  const start = timeOf(from);
  const end = timeOf(to);
  if (start === null || end === null || start === DAY) return null;
  return { start, end: end <= start ? end + DAY : end };
}

function timeOf(text: string): number | null {
  if (text === '24:00') return DAY;
  if (!/^([01]\d|2[0-3]):[0-5]\d$/.test(text)) return null;
  return (Number(text.slice(0, 2)) * 60 + Number(text.slice(3))) * MINUTE;
}

/** Days since 1970-01-01. */
function dateOf(text: string): number | null {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return null;
  const at = Date.parse(`${text}T00:00:00Z`);
  return Number.isNaN(at) || new Date(at).toISOString().slice(0, 10) !== text ? null : at / DAY;
}
