import type { Calendar } from '@/lib/domain/business-hours';

/** A calendar being written: what can be removed has an id of its own. */
export interface HoursDraft {
  always: boolean;
  timeZone: string;
  week: DraftShift[][];
  holidays: DraftHoliday[];
}

export interface DraftShift {
  id: number;
  from: string;
  to: string;
}

export interface DraftHoliday {
  id: number;
  date: string;
  name: string;
}

export const DAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'] as const;

let lastId = 0;

export function newShift(from: string, to: string): DraftShift {
  return { id: ++lastId, from, to };
}

export function newHoliday(): DraftHoliday {
  return { id: ++lastId, date: '', name: '' };
}

/** Who never set hours starts from an ordinary week. */
export function draftOf(calendar: Calendar | null, timeZone: string): HoursDraft {
  if (calendar === null) {
    const week = DAYS.map((_, day) => (day < 5 ? [newShift('09:00', '17:00')] : []));
    return { always: true, timeZone, week, holidays: [] };
  }
  return {
    always: false,
    timeZone: calendar.timeZone,
    week: calendar.week.map((shifts) => shifts.map(({ from, to }) => newShift(from, to))),
    holidays: calendar.holidays.map(({ date, name }) => ({ id: ++lastId, date, name })),
  };
}

/** Null is around the clock. */
export function calendarOf({ always, timeZone, week, holidays }: HoursDraft): Calendar | null {
  if (always) return null;
  return {
    timeZone,
    week: week.map((shifts) => shifts.map(({ from, to }) => ({ from, to }))),
    holidays: holidays.map(({ date, name }) => ({ date, name: name.trim() })),
  };
}

/** In how many places the draft is not what is saved: the zone, each day, the holidays, the switch. */
export function changesIn(draft: HoursDraft, saved: Calendar | null): number {
  const now = calendarOf(draft);
  if (now === null || saved === null) return now === saved ? 0 : 1;
  const same = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other);
  const days = now.week.filter((shifts, day) => !same(shifts, plainShifts(saved, day))).length;
  const holidays = saved.holidays.map(({ date, name }) => ({ date, name }));
  return days + (now.timeZone === saved.timeZone ? 0 : 1) + (same(now.holidays, holidays) ? 0 : 1);
}

function plainShifts(calendar: Calendar, day: number) {
  return (calendar.week[day] ?? []).map(({ from, to }) => ({ from, to }));
}
