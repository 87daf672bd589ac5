import { expect, it } from 'vitest';
import type { Calendar } from './business-hours';
import { pathsWhen, teamAvailability } from './team-availability';

const nineToFive = [{ from: '09:00', to: '17:00' }];
const calendar: Calendar = {
  timeZone: 'Europe/Oslo',
  week: [nineToFive, nineToFive, nineToFive, nineToFive, nineToFive, [], []],
  holidays: [],
};
const at = (iso: string) => Date.parse(iso);

it('a team is open, closed until it opens, or open with nobody there', () => {
  const friday = at('2026-11-20T15:59:00Z');
  expect(teamAvailability(calendar, true, friday)).toEqual({ kind: 'open' });
  expect(teamAvailability(calendar, false, friday)).toEqual({ kind: 'nobody' });
  const monday = at('2026-11-23T08:00:00Z');
  for (const somebody of [true, false]) {
    expect(teamAvailability(calendar, somebody, friday + 60_000)).toEqual({
      kind: 'closed',
      opensAt: monday,
    });
  }
  expect(teamAvailability(null, true, friday)).toEqual({ kind: 'open' });
  const never = { ...calendar, week: [[], [], [], [], [], [], []] };
  expect(teamAvailability(never, true, friday)).toEqual({ kind: 'closed', opensAt: null });
});

it('nobody is connected to a closed team, and somebody who is missed leaves the choice', () => {
  expect(pathsWhen('open', true)).toEqual(['live', 'callback']);
  expect(pathsWhen('nobody', true)).toEqual(['live', 'follow_up', 'callback']);
  expect(pathsWhen('closed', true)).toEqual(['follow_up', 'callback']);
});

it('a person still answers in writing where nobody is put through', () => {
  for (const kind of ['open', 'nobody', 'closed'] as const) {
    expect(pathsWhen(kind, false)).toEqual(['follow_up', 'callback']);
  }
});
