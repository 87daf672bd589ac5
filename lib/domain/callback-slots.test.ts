import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Calendar, isOpen } from './business-hours';
import { freeAt, freeSlots, type Slot, type SlotTerms, spreadSlots } from './callback-slots';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const at = (text: string) => Date.parse(text);
const text = (slots: readonly Slot[]) =>
  slots.map(({ startAt }) => new Date(startAt).toISOString().slice(0, 16));

const nineToFive = [{ from: '09:00', to: '17:00' }];
const OSLO: Calendar = {
  timeZone: 'Europe/Oslo',
  week: [nineToFive, nineToFive, nineToFive, nineToFive, nineToFive, [], []],
  holidays: [],
};
const terms = (more: Partial<SlotTerms> = {}): SlotTerms => ({
  calendar: OSLO,
  agents: [{ id: 'maya', busy: [] }],
  lengthMs: 15 * MINUTE,
  bufferMs: 5 * MINUTE,
  from: at('2026-11-24T13:02:00Z'),
  until: at('2026-12-01T13:02:00Z'),
  ...more,
});

/** By the minute: open throughout, and nobody's busy time within the buffer. */
function slotsByHand({ calendar, agents, lengthMs, bufferMs, from, until }: SlotTerms): Slot[] {
  const slots: Slot[] = [];
  for (let start = Math.ceil(from / MINUTE) * MINUTE; start + lengthMs <= until; start += MINUTE) {
    if (new Date(start).getUTCMinutes() % 15 !== 0) continue;
    const minutes = Array.from({ length: lengthMs / MINUTE }, (_, index) => start + index * MINUTE);
    if (!minutes.every((minute) => isOpen(calendar, minute))) continue;
    const kept = (minute: number) =>
      agents.filter(({ busy }) => busy.every((span) => minute < span.start || minute >= span.end));
    const near = Array.from(
      { length: (lengthMs + 2 * bufferMs) / MINUTE },
      (_, index) => start - bufferMs + index * MINUTE,
    );
    const agentIds = agents.filter((agent) => near.every((minute) => kept(minute).includes(agent)));
    if (agentIds.length > 0)
      slots.push({ startAt: start, endAt: start + lengthMs, agentIds: agentIds.map(({ id }) => id) });
  }
  return slots;
}

describe('slots', () => {
  it('are those that counting by the minute finds, over changes of the clock, nights, holidays and busy times', () => {
    const shift = fc
      .tuple(
        fc.integer({ min: 0, max: 22 }),
        fc.constantFrom('00', '15', '40'),
        fc.integer({ min: 1, max: 10 }),
      )
      .map(([hour, minute, hours]) => {
        const two = (value: number) => String(value % 24).padStart(2, '0');
        return { from: `${two(hour)}:${minute}`, to: `${two(hour + hours)}:${minute}` };
      });
    const calendar = fc.record({
      timeZone: fc.constantFrom(
        'Europe/Oslo',
        'America/New_York',
        'Australia/Lord_Howe',
        'Asia/Kathmandu',
        'UTC',
      ),
      week: fc.array(shift, { minLength: 7, maxLength: 7 }).map((days) => days.map((day) => [day])),
      holidays: fc.constantFrom([], [{ date: '2026-10-25', name: 'A holiday' }]),
    });
    const from = fc
      .constantFrom(
        '2026-03-28T20:00:00Z',
        '2026-10-24T20:00:00Z',
        '2026-10-31T20:00:00Z',
        '2026-04-04T10:00:00Z',
      )
      .chain((start) => fc.integer({ min: 0, max: 600 }).map((minutes) => at(start) + minutes * MINUTE));
    const busy = fc.array(fc.tuple(fc.integer({ min: 0, max: 1800 }), fc.integer({ min: 1, max: 240 })), {
      maxLength: 5,
    });
    fc.assert(
      fc.property(
        fc.option(calendar),
        from,
        fc.array(busy, { minLength: 1, maxLength: 3 }),
        fc.constantFrom(15, 30, 50),
        fc.constantFrom(0, 5, 20),
        (hours, start, agents, length, buffer) => {
          const given: SlotTerms = {
            calendar: hours,
            agents: agents.map((spans, index) => ({
              id: `agent-${index}`,
              busy: spans.map(([after, minutes]) => ({
                start: start + after * MINUTE,
                end: start + (after + minutes) * MINUTE,
              })),
            })),
            lengthMs: length * MINUTE,
            bufferMs: buffer * MINUTE,
            from: start,
            until: start + 30 * HOUR,
          };
          const slots = [...freeSlots(given)];
          expect(slots).toEqual(slotsByHand(given));
          for (const slot of slots.slice(0, 3)) {
            expect(freeAt(given, slot.startAt)).toEqual(slot.agentIds);
            expect(freeAt(given, slot.startAt + MINUTE)).toEqual([]);
          }
        },
      ),
      { numRuns: 60 },
    );
  });

  it('of a week that never opens there are none', () => {
    const shut: Calendar = { ...OSLO, week: [[], [], [], [], [], [], []] };
    expect([...freeSlots(terms({ calendar: shut }))]).toEqual([]);
  });

  it('without an agent there are none', () => {
    expect([...freeSlots(terms({ agents: [] }))]).toEqual([]);
  });
});

describe('what is named of them', () => {
  const named = (more: Partial<SlotTerms> = {}, zone = 'Europe/Lisbon', most = 3) =>
    text(spreadSlots(freeSlots(terms(more)), zone, most));

  it('the earliest, one an hour and a half later, one on another day', () => {
    expect(named()).toEqual(['2026-11-24T13:15', '2026-11-24T14:45', '2026-11-25T08:00']);
  });

  it('are three also where one day has no other', () => {
    expect(named({ until: at('2026-11-24T16:00:00Z') })).toEqual([
      '2026-11-24T13:15',
      '2026-11-24T13:30',
      '2026-11-24T14:45',
    ]);
  });

  it('are as many as there are', () => {
    expect(named({ until: at('2026-11-24T13:45:00Z') })).toEqual(['2026-11-24T13:15', '2026-11-24T13:30']);
    expect(named({ until: at('2026-11-24T13:10:00Z') })).toEqual([]);
  });

  it('let the customer sleep', () => {
    const tokyo = named({ from: at('2026-11-24T08:00:00Z') }, 'Asia/Tokyo');
    expect(tokyo).toEqual(['2026-11-24T08:00', '2026-11-24T09:30', '2026-11-25T08:00']);
    const late = named({ from: at('2026-11-24T13:00:00Z') }, 'Asia/Tokyo');
    expect(late[0]).toBe('2026-11-25T08:00');
  });

  it('at night where there is nothing else', () => {
    const honolulu = named(
      { from: at('2026-11-24T10:00:00Z'), until: at('2026-11-24T12:00:00Z') },
      'Pacific/Honolulu',
    );
    expect(honolulu[0]).toBe('2026-11-24T10:00');
  });

  it('stand in order, once each, and the earliest is among them where it is by day', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 400 }), { maxLength: 40 }),
        fc.integer({ min: 1, max: 9 }),
        (quarters, most) => {
          const slots = [...new Set(quarters)]
            .sort((one, other) => one - other)
            .map((quarter) => ({
              startAt: at('2026-11-24T00:00:00Z') + quarter * 15 * MINUTE,
              endAt: at('2026-11-24T00:15:00Z') + quarter * 15 * MINUTE,
              agentIds: ['maya'],
            }));
          const picked = spreadSlots(slots, 'UTC', most);
          const starts = picked.map(({ startAt }) => startAt);
          expect(starts).toEqual([...new Set(starts)].sort((one, other) => one - other));
          expect(picked.length).toBeLessThanOrEqual(most);
          expect(picked.every((slot) => slots.includes(slot))).toBe(true);
          expect(picked.length > 0).toBe(slots.length > 0);
          const awake = slots.filter(({ startAt }) => {
            const hour = new Date(startAt).getUTCHours();
            return hour >= 7 && hour < 22;
          });
          if (awake.length > 0) expect(picked[0]).toBe(awake[0]);
          expect(picked.length).toBe(Math.min(most, (awake.length > 0 ? awake : slots).length));
        },
      ),
    );
  });
});
