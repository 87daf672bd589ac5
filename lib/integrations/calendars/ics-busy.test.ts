import { describe, expect, it } from 'vitest';
import { busyTimes } from './ics-busy';

const at = (text: string) => Date.parse(text);
const WINDOW = { start: at('2026-11-25T00:00:00Z'), end: at('2026-12-09T00:00:00Z') };
const calendar = (...lines: string[]) =>
  ['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//somebody//EN', ...lines, 'END:VCALENDAR', ''].join('\r\n');
let events = 0;
const event = (...lines: string[]) => [
  'BEGIN:VEVENT',
  ...(lines.some((line) => line.startsWith('UID:')) ? [] : [`UID:${++events}`]),
  'DTSTAMP:20260101T000000Z',
  ...lines,
  'END:VEVENT',
];
const read = async (text: string, zone = 'Europe/Oslo') =>
  (await busyTimes(text, WINDOW, zone)).map(({ start, end }) =>
    [start, end].map((each) => new Date(each).toISOString().slice(0, 16)).join(' '),
  );

describe('busy times of a calendar', () => {
  it.each<[string, string[], string[]]>([
    [
      'universal time',
      ['DTSTART:20261126T100000Z', 'DTEND:20261126T110000Z'],
      ['2026-11-26T10:00 2026-11-26T11:00'],
    ],
    [
      'a zone and a length',
      ['DTSTART;TZID=America/New_York:20261126T100000', 'DURATION:PT1H30M'],
      ['2026-11-26T15:00 2026-11-26T16:30'],
    ],
    [
      'a zone by the name that Windows has for it',
      [
        'DTSTART;TZID=Eastern Standard Time:20261126T100000',
        'DTEND;TZID=Eastern Standard Time:20261126T110000',
      ],
      ['2026-11-26T15:00 2026-11-26T16:00'],
    ],
    [
      'no zone: that of its owner',
      ['DTSTART:20261126T100000', 'DTEND:20261126T110000'],
      ['2026-11-26T09:00 2026-11-26T10:00'],
    ],
    [
      'whole days, from midnight to midnight where its owner is',
      ['DTSTART;VALUE=DATE:20261126', 'DTEND;VALUE=DATE:20261128'],
      ['2026-11-25T23:00 2026-11-27T23:00'],
    ],
    ['a day without an end', ['DTSTART;VALUE=DATE:20261126'], ['2026-11-25T23:00 2026-11-26T23:00']],
    [
      'what began before',
      ['DTSTART:20261124T100000Z', 'DTEND:20261125T010000Z'],
      ['2026-11-25T00:00 2026-11-25T01:00'],
    ],
    ['marked as free', ['DTSTART:20261126T100000Z', 'DTEND:20261126T110000Z', 'TRANSP:TRANSPARENT'], []],
    [
      'free as Outlook says it',
      ['DTSTART:20261126T100000Z', 'DTEND:20261126T110000Z', 'X-MICROSOFT-CDO-BUSYSTATUS:FREE'],
      [],
    ],
    ['called off', ['DTSTART:20261126T100000Z', 'DTEND:20261126T110000Z', 'STATUS:CANCELLED'], []],
    ['over', ['DTSTART:20261101T100000Z', 'DTEND:20261101T110000Z'], []],
    [
      'repeated weekly by the clock of its zone, but for one',
      [
        'DTSTART;TZID=Europe/Oslo:20200101T100000',
        'DTEND;TZID=Europe/Oslo:20200101T110000',
        'RRULE:FREQ=WEEKLY;BYDAY=MO,WE',
        'EXDATE;TZID=Europe/Oslo:20261130T100000',
      ],
      [
        '2026-11-25T09:00 2026-11-25T10:00',
        '2026-12-02T09:00 2026-12-02T10:00',
        '2026-12-07T09:00 2026-12-07T10:00',
      ],
    ],
    [
      'repeated until it ended',
      ['DTSTART:20261101T100000Z', 'DTEND:20261101T110000Z', 'RRULE:FREQ=DAILY;UNTIL=20261126T100000Z'],
      ['2026-11-25T10:00 2026-11-25T11:00', '2026-11-26T10:00 2026-11-26T11:00'],
    ],
  ])('%s', async (_, lines, expected) => {
    expect(await read(calendar(...event(...lines)))).toEqual(expected);
  });

  it('takes one of a series that was moved where it is now, and one that was freed for free', async () => {
    const series = event(
      'UID:a',
      'DTSTART:20261124T100000Z',
      'DTEND:20261124T110000Z',
      'RRULE:FREQ=DAILY;COUNT=4',
    );
    const moved = event(
      'UID:a',
      'RECURRENCE-ID:20261126T100000Z',
      'DTSTART:20261126T150000Z',
      'DTEND:20261126T160000Z',
    );
    const freed = event(
      'UID:a',
      'RECURRENCE-ID:20261127T100000Z',
      'DTSTART:20261127T100000Z',
      'DTEND:20261127T110000Z',
      'TRANSP:TRANSPARENT',
    );
    expect(await read(calendar(...series, ...moved, ...freed))).toEqual([
      '2026-11-25T10:00 2026-11-25T11:00',
      '2026-11-26T15:00 2026-11-26T16:00',
    ]);
  });

  it('goes by the zone that the calendar names', async () => {
    const text = calendar('X-WR-TIMEZONE:Asia/Tokyo', ...event('DTSTART;VALUE=DATE:20261127'));
    expect(await read(text)).toEqual(['2026-11-26T15:00 2026-11-27T15:00']);
  });

  it('takes published busy times, and nothing of what they say is free', async () => {
    const text = calendar(
      'BEGIN:VFREEBUSY',
      'UID:f',
      'DTSTAMP:20261125T000000Z',
      'FREEBUSY;FBTYPE=BUSY:20261126T100000Z/20261126T110000Z,20261127T10',
      ' 0000Z/PT1H',
      'FREEBUSY;FBTYPE=FREE:20261128T100000Z/PT1H',
      'END:VFREEBUSY',
    );
    expect(await read(text)).toEqual([
      '2026-11-26T10:00 2026-11-26T11:00',
      '2026-11-27T10:00 2026-11-27T11:00',
    ]);
  });

  it('is nothing where the calendar is empty', async () => {
    expect(await read(calendar())).toEqual([]);
  });

  it.each([
    ['a page', '<html></html>', 'no calendar'],
    ['nothing', '', 'no calendar'],
    [
      'a bomb',
      calendar(...event('DTSTART:19700101T000000Z', 'DTEND:19700101T000001Z', 'RRULE:FREQ=SECONDLY')),
      'repeats in a way',
    ],
  ])('%s is refused in words', async (_, text, words) => {
    await expect(read(text)).rejects.toThrow(words);
  });

  it('lets others go on while it reads a large one', async () => {
    const many = Array.from({ length: 1500 }, () =>
      event('DTSTART;TZID=Europe/Oslo:20150101T100000', 'DURATION:PT1H', 'RRULE:FREQ=WEEKLY'),
    ).flat();
    let turns = 0;
    const ticking = setInterval(() => {
      turns += 1;
    }, 1);
    const spans = await read(calendar(...many)).finally(() => clearInterval(ticking));
    expect(spans).toHaveLength(2);
    expect(turns).toBeGreaterThan(10);
  });
});
