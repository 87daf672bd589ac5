import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addBusinessMs,
  businessMsBetween,
  type Calendar,
  calendarProblems,
  type Interval,
  isOpen,
  nextClosing,
  nextOpening,
} from './business-hours';
import { randomCalendar, seededRandom, WINDOWS, wallClocks } from './test-wall-clock';

const S = 1000;
const M = 60 * S;
const H = 60 * M;
const D = 24 * H;

const at = (text: string) => Date.parse(text);
const text = (instant: number | null) => instant && new Date(instant).toISOString();
const daily = (timeZone: string, ...intervals: Interval[]): Calendar => ({
  timeZone,
  week: Array.from({ length: 7 }, () => intervals),
  holidays: [],
});
const NINE_TO_FIVE: Interval = { from: '09:00', to: '17:00' };
const NIGHT: Interval = { from: '22:00', to: '06:00' };
const office = (timeZone: string, holidays: string[] = []): Calendar => ({
  timeZone,
  week: [0, 1, 2, 3, 4, 5, 6].map((day) => (day < 5 ? [NINE_TO_FIVE] : [])),
  holidays: holidays.map((date) => ({ date, name: 'Holiday' })),
});
const shut: Calendar = { timeZone: 'UTC', week: [[], [], [], [], [], [], []], holidays: [] };

describe('business time, as one would reckon it by hand', () => {
  it('goes from Friday to Monday without the weekend', () => {
    const calendar = office('Europe/Berlin');
    // Friday 16:50 in Berlin; ten minutes on Friday, twenty on Monday, when summer time has begun.
    const friday = at('2025-03-28T15:50:00Z');
    expect(text(addBusinessMs(calendar, friday, 30 * M))).toBe('2025-03-31T07:20:00.000Z');
    expect(businessMsBetween(calendar, friday, at('2025-03-31T07:20:00Z'))).toBe(30 * M);
  });
  it('is due at closing, not at the next opening, when it ends with the day', () => {
    const friday = at('2025-03-28T15:50:00Z');
    expect(text(addBusinessMs(office('Europe/Berlin'), friday, 10 * M))).toBe('2025-03-28T16:00:00.000Z');
    expect(text(addBusinessMs(office('Europe/Berlin'), friday, 10 * M + 1))).toBe('2025-03-31T07:00:00.001Z');
  });
  it('starts at the opening when it is armed before', () => {
    const early = at('2025-06-02T03:12:45.678Z');
    expect(text(addBusinessMs(office('UTC'), early, 1))).toBe('2025-06-02T09:00:00.001Z');
    expect(text(addBusinessMs(office('UTC'), early, 5 * M))).toBe('2025-06-02T09:05:00.000Z');
  });
  it('keeps seconds and milliseconds', () => {
    const late = at('2025-06-02T16:59:58.750Z');
    expect(businessMsBetween(office('UTC'), late, at('2025-06-03T09:00:00.001Z'))).toBe(1251);
    expect(text(addBusinessMs(office('UTC'), late, 1250))).toBe('2025-06-02T17:00:00.000Z');
    expect(text(addBusinessMs(office('UTC'), late, 1251))).toBe('2025-06-03T09:00:00.001Z');
  });
  it('leaves out the lunch break', () => {
    const calendar = daily('Asia/Kolkata', { from: '09:00', to: '12:30' }, { from: '13:15', to: '18:00' });
    expect(text(addBusinessMs(calendar, at('2025-06-02T12:00:00+05:30'), H))).toBe(
      '2025-06-02T08:15:00.000Z',
    );
  });
  it('counts an hour that the clock shows twice twice', () => {
    const calendar = daily('America/New_York', { from: '01:00', to: '02:00' });
    expect(
      businessMsBetween(calendar, at('2025-11-02T00:00:00-04:00'), at('2025-11-02T12:00:00-05:00')),
    ).toBe(2 * H);
    expect(text(addBusinessMs(calendar, at('2025-11-02T00:00:00-04:00'), 90 * M))).toBe(
      '2025-11-02T06:30:00.000Z',
    );
  });
  it('opens twice when half of a shift is repeated', () => {
    const calendar = daily('America/New_York', { from: '00:00', to: '01:30' });
    const midnight = at('2025-11-02T00:00:00-04:00');
    expect(text(nextClosing(calendar, midnight))).toBe('2025-11-02T05:30:00.000Z');
    expect(text(nextOpening(calendar, at('2025-11-02T05:30:00Z')))).toBe('2025-11-02T06:00:00.000Z');
    expect(businessMsBetween(calendar, midnight, midnight + D)).toBe(2 * H);
  });
  it('does not count an hour that the clock skips, nor a shift within it', () => {
    const from = at('2025-03-30T00:00:00+01:00');
    expect(
      businessMsBetween(daily('Europe/Berlin', { from: '02:00', to: '03:00' }), from, from + D - H),
    ).toBe(0);
    expect(
      businessMsBetween(daily('Europe/Berlin', { from: '02:30', to: '05:00' }), from, from + D - H),
    ).toBe(2 * H);
  });
  it('moves by half an hour on Lord Howe', () => {
    const calendar = daily('Australia/Lord_Howe', { from: '01:00', to: '03:00' });
    const [back, on] = [at('2024-04-07T00:00:00+11:00'), at('2024-10-06T00:00:00+10:30')];
    expect(businessMsBetween(calendar, back, back + 12 * H)).toBe(2.5 * H);
    expect(businessMsBetween(calendar, on, on + 12 * H)).toBe(1.5 * H);
  });
  it('begins the day at one where midnight is skipped', () => {
    const calendar = daily('America/Sao_Paulo', { from: '00:00', to: '02:00' });
    const eve = at('2017-10-14T12:00:00-03:00');
    expect(text(nextOpening(calendar, eve))).toBe('2017-10-15T03:00:00.000Z');
    expect(businessMsBetween(calendar, eve, eve + 20 * H)).toBe(H);
  });
  it('goes through Ramadan in Casablanca, when the clock stands an hour back', () => {
    const calendar = daily('Africa/Casablanca', NINE_TO_FIVE);
    expect(text(nextOpening(calendar, at('2024-03-09T00:00:00Z')))).toBe('2024-03-09T08:00:00.000Z');
    expect(text(nextOpening(calendar, at('2024-03-11T00:00:00Z')))).toBe('2024-03-11T09:00:00.000Z');
    expect(text(nextOpening(calendar, at('2024-04-15T00:00:00Z')))).toBe('2024-04-15T08:00:00.000Z');
  });
  it('knows no Friday in Apia in the last week of 2011', () => {
    const thursday = at('2011-12-29T16:00:00-10:00');
    // One hour is left of Thursday; the next day is Saturday.
    expect(text(addBusinessMs(daily('Pacific/Apia', NINE_TO_FIVE), thursday, 2 * H))).toBe(
      '2011-12-30T20:00:00.000Z',
    );
    expect(text(addBusinessMs(office('Pacific/Apia'), thursday, 2 * H))).toBe('2012-01-01T20:00:00.000Z');
  });
  it('counts overlapping shifts once', () => {
    const calendar = daily(
      'UTC',
      { from: '09:00', to: '13:00' },
      { from: '12:00', to: '17:00' },
      NINE_TO_FIVE,
    );
    expect(businessMsBetween(calendar, at('2025-06-02T00:00:00Z'), at('2025-06-03T00:00:00Z'))).toBe(8 * H);
  });
  it('takes a shift that ends when it starts for a whole day', () => {
    const calendar = { ...shut, week: [[{ from: '09:00', to: '09:00' }], [], [], [], [], [], []] };
    expect(businessMsBetween(calendar, at('2025-06-01T00:00:00Z'), at('2025-06-07T00:00:00Z'))).toBe(D);
  });
});

describe('a night and a holiday belong to the day on which the shift starts', () => {
  const calendar = {
    ...daily('Europe/Berlin', NIGHT),
    holidays: [{ date: '2025-05-01', name: 'Labour Day' }],
  };
  it('lets the night before a holiday go on into it', () => {
    expect(isOpen(calendar, at('2025-05-01T05:59:59+02:00'))).toBe(true);
    expect(isOpen(calendar, at('2025-05-01T06:00:00+02:00'))).toBe(false);
  });
  it('lets no night start on it, so that the morning after is shut as well', () => {
    expect(isOpen(calendar, at('2025-05-01T23:00:00+02:00'))).toBe(false);
    expect(isOpen(calendar, at('2025-05-02T05:00:00+02:00'))).toBe(false);
    expect(text(nextOpening(calendar, at('2025-05-01T06:00:00+02:00')))).toBe('2025-05-02T20:00:00.000Z');
  });
  it('has nine hours in the night that puts the clock back, seven in the one that puts it on', () => {
    expect(
      businessMsBetween(calendar, at('2025-10-25T12:00:00+02:00'), at('2025-10-26T12:00:00+01:00')),
    ).toBe(9 * H);
    expect(
      businessMsBetween(calendar, at('2025-03-29T12:00:00+01:00'), at('2025-03-30T12:00:00+02:00')),
    ).toBe(7 * H);
  });
  it('has the night of one weekday only', () => {
    const friday = { ...shut, week: [[], [], [], [], [NIGHT], [], []] };
    expect(text(nextOpening(friday, at('2025-06-02T00:00:00Z')))).toBe('2025-06-06T22:00:00.000Z');
    expect(text(nextClosing(friday, at('2025-06-02T00:00:00Z')))).toBe('2025-06-07T06:00:00.000Z');
  });
});

describe('around the clock, never, and hardly ever', () => {
  const now = at('2025-06-02T12:00:00Z');
  it('is plain time without a calendar', () => {
    expect(businessMsBetween(null, now, now + 1234)).toBe(1234);
    expect(addBusinessMs(null, now, 1234)).toBe(now + 1234);
    expect([isOpen(null, now), nextOpening(null, now), nextClosing(null, now)]).toEqual([true, now, null]);
  });
  it('has no deadline where nothing opens', () => {
    expect(businessMsBetween(shut, now, now + 30 * D)).toBe(0);
    expect([addBusinessMs(shut, now, 1), isOpen(shut, now)]).toEqual([null, false]);
    expect([nextOpening(shut, now), nextClosing(shut, now)]).toEqual([null, null]);
  });
  it('never closes where one day runs into the next', () => {
    const always = daily('Europe/Berlin', { from: '00:00', to: '24:00' });
    expect(nextClosing(always, now)).toBe(null);
    expect(addBusinessMs(always, now, 400 * D)).toBe(now + 400 * D);
  });
  it('closes for a holiday, however long it was open before', () => {
    const always = {
      ...daily('UTC', { from: '00:00', to: '24:00' }),
      holidays: [{ date: '2025-12-25', name: 'Christmas Day' }],
    };
    expect(text(nextClosing(always, now))).toBe('2025-12-25T00:00:00.000Z');
    expect(text(nextOpening(always, at('2025-12-25T00:00:00Z')))).toBe('2025-12-26T00:00:00.000Z');
  });
  it('takes its time with one minute a week', () => {
    const minute = { ...shut, week: [[], [], [{ from: '12:00', to: '12:01' }], [], [], [], []] };
    expect(text(addBusinessMs(minute, now, 52 * M))).toBe('2026-05-27T12:01:00.000Z');
    expect(addBusinessMs(minute, now, 10_000 * M)).toBe(null);
  });
  it('reckons nothing for nothing', () => {
    expect(businessMsBetween(office('UTC'), now, now)).toBe(0);
    expect(businessMsBetween(office('UTC'), now, now - H)).toBe(0);
    expect(addBusinessMs(shut, now, 0)).toBe(now);
  });
  it('refuses a calendar that was never checked', () => {
    expect(() => isOpen(daily('Middle/Earth', NINE_TO_FIVE), now)).toThrow(/Middle\/Earth/);
    expect(() => isOpen(daily('UTC', { from: '9', to: '17:00' }), now)).toThrow(/"9" to "17:00"/);
    expect(() => isOpen(daily('UTC', { from: '24:00', to: '01:00' }), now)).toThrow(/"24:00"/);
  });
});

describe('held to a clock that is read minute by minute', () => {
  const CASES = 10_000;
  it(`equals it on ${CASES} cases in 16 time zones`, { timeout: 60_000 }, () => {
    const walls = wallClocks(WINDOWS, 9);
    expect(new Set(walls.map((wall) => wall.timeZone)).size).toBe(16);
    const random = seededRandom(20_111_230);
    let reached = 0;
    for (let index = 0; index < CASES; index++) {
      const wall = walls[index % walls.length];
      if (wall === undefined) throw new Error('no wall clock');
      const calendar = random.chance(0.02) ? null : randomCalendar(wall, random);
      const open = wall.opening(calendar);
      const unit = [M, S, 1][random.int(3)] ?? M;
      const instant = (days: number) => wall.start + random.int((days * D) / unit) * unit;
      const from = instant(6);
      const to = Math.min(wall.end, from + random.int((6 * D) / unit) * unit);
      const ms = (1 + random.int(((random.chance(0.5) ? 8 * H : 3 * D) / unit) | 0)) * unit;

      const due = addBusinessMs(calendar, from, ms);
      const stepped = wall.add(open, from, ms);
      const closing = nextClosing(calendar, from);
      const opening = wall.first(open, true, from);
      const expected = {
        between: wall.between(open, from, to),
        due: stepped ?? 'later',
        open: open(from),
        opening: opening ?? 'later',
        closing: (opening !== null && wall.first(open, false, opening)) || 'later',
      };
      const later = (found: number | null) => (found === null || found >= wall.end ? 'later' : found);
      const found = {
        between: businessMsBetween(calendar, from, to),
        due: stepped === wall.end ? due : later(due),
        open: isOpen(calendar, from),
        opening: later(nextOpening(calendar, from)),
        closing: later(closing),
      };
      expect(found, JSON.stringify({ index, calendar, from, to, ms })).toEqual(expected);
      if (stepped !== null) reached++;
    }
    expect(reached).toBeGreaterThan(CASES / 2);
  });
});

describe('the minutes can tell right from wrong', () => {
  it('sees through whoever reckons with what the wall clock shows at both ends', () => {
    const random = seededRandom(7);
    const walls = wallClocks([['Europe/Berlin', '2025-03-30']], 9);
    let wrong = 0;
    for (const wall of walls.flatMap((only) => Array.from({ length: 300 }, () => only))) {
      const calendar = randomCalendar(wall, random);
      const from = wall.start + random.int(4 * D);
      const to = from + random.int(4 * D);
      const naive = businessMsBetween({ ...calendar, timeZone: 'UTC' }, wall.shownAt(from), wall.shownAt(to));
      if (naive !== wall.between(wall.opening(calendar), from, to)) wrong++;
    }
    expect(wrong).toBeGreaterThan(30);
  });
});

describe('what holds for every calendar', () => {
  const time = fc.nat(1439).map((minute) => new Date(minute * M).toISOString().slice(11, 16));
  const interval = fc.record({ from: time, to: fc.oneof(time, fc.constant('24:00')) });
  const calendars = fc.record({
    timeZone: fc.constantFrom(...new Set(WINDOWS.map(([timeZone]) => timeZone))),
    week: fc.array(fc.array(interval, { maxLength: 3 }), { minLength: 7, maxLength: 7 }),
    holidays: fc.constant([]),
  });
  const instants = fc.integer({ min: at('1993-01-01T00:00:00Z'), max: at('2035-01-01T00:00:00Z') });
  const spans = fc.nat(20 * D);

  it('adds up, and never runs faster than time', () => {
    fc.assert(
      fc.property(calendars, instants, spans, spans, (calendar, from, one, two) => {
        const [first, second] = [
          businessMsBetween(calendar, from, from + one),
          businessMsBetween(calendar, from + one, from + one + two),
        ];
        expect(businessMsBetween(calendar, from, from + one + two)).toBe(first + second);
        expect(first).toBeGreaterThanOrEqual(0);
        expect(first).toBeLessThanOrEqual(one);
      }),
    );
  });
  it('has its deadline at the very millisecond, and a longer target never has an earlier one', () => {
    fc.assert(
      fc.property(
        calendars,
        instants,
        fc.integer({ min: 1, max: 5 * D }),
        fc.nat(D),
        (calendar, from, ms, more) => {
          const due = addBusinessMs(calendar, from, ms);
          const later = addBusinessMs(calendar, from, ms + more);
          if (due === null) return expect(later).toBe(null);
          expect(businessMsBetween(calendar, from, due)).toBe(ms);
          expect(businessMsBetween(calendar, from, due - 1)).toBe(ms - 1);
          if (later !== null) expect(later).toBeGreaterThanOrEqual(due);
        },
      ),
    );
  });
});

describe('what is wrong with a calendar', () => {
  const problems = (change: Partial<Calendar>) => calendarProblems({ ...office('Europe/Oslo'), ...change });
  const monday = (...intervals: Interval[]) => [intervals, [], [], [], [], [], []];
  it('is nothing, mostly', () => {
    expect(problems({})).toEqual([]);
    expect(calendarProblems(shut)).toEqual([]);
    expect(calendarProblems(daily('Asia/Kathmandu', { from: '22:00', to: '06:00' }, NINE_TO_FIVE))).toEqual(
      [],
    );
    expect(calendarProblems(daily('UTC', { from: '00:00', to: '24:00' }))).toEqual([]);
    expect(
      calendarProblems(daily('UTC', { from: '18:00', to: '00:00' }, { from: '00:00', to: '18:00' })),
    ).toEqual([]);
  });
  it.each<[string, Partial<Calendar>, string, RegExp]>([
    ['a zone nobody knows', { timeZone: 'Oslo' }, 'timeZone', /Choose a time zone.*"Oslo"/],
    ['no zone', { timeZone: '' }, 'timeZone', /Choose a time zone/],
    ['six days', { week: [[], [], [], [], [], []] }, 'week', /seven days.*6/],
    ['a time in words', { week: monday({ from: '9am', to: '17:00' }) }, 'week.0.0.from', /HH:mm.*"9am"/],
    ['a start at 24:00', { week: monday({ from: '24:00', to: '01:00' }) }, 'week.0.0.from', /"24:00"/],
    ['an end after 24:00', { week: monday({ from: '09:00', to: '24:30' }) }, 'week.0.0.to', /"24:30"/],
    ['no length', { week: monday({ from: '09:00', to: '09:00' }) }, 'week.0.0.to', /00:00 to 24:00/],
    [
      'an overlap',
      { week: monday(NINE_TO_FIVE, { from: '16:00', to: '18:00' }) },
      'week.0.1',
      /Monday 16:00 to 18:00 overlaps Monday 09:00 to 17:00: join/,
    ],
    [
      'a night that reaches into the next morning',
      { week: [[NIGHT], [{ from: '05:00', to: '09:00' }], [], [], [], [], []] },
      'week.1.0',
      /Tuesday 05:00 to 09:00 overlaps Monday 22:00 to 06:00/,
    ],
    [
      'a Sunday night that reaches into Monday',
      { week: [[{ from: '05:00', to: '09:00' }], [], [], [], [], [], [NIGHT]] },
      'week.0.0',
      /Monday 05:00 to 09:00 overlaps Sunday 22:00 to 06:00/,
    ],
    [
      'a date that never is',
      { holidays: [{ date: '2025-02-29', name: '' }] },
      'holidays.0.date',
      /"2025-02-29"/,
    ],
    ['a date in words', { holidays: [{ date: '1 May', name: '' }] }, 'holidays.0.date', /yyyy-mm-dd/],
    [
      'a date twice',
      {
        holidays: [
          { date: '2025-05-01', name: 'Labour Day' },
          { date: '2025-05-01', name: 'Again' },
        ],
      },
      'holidays.1.date',
      /2025-05-01 is a holiday already/,
    ],
  ])('%s', (_, change, field, message) => {
    expect(problems(change)).toEqual([{ field, message: expect.stringMatching(message) }]);
  });
});
