import fc from 'fast-check';
import { expect, it } from 'vitest';
import { instantOf } from './instant-of';

/** As Postgres writes it: no zeros at the end of the fraction, and none at all without one. */
const written = (at: Date) =>
  `${at
    .toISOString()
    .replace('T', ' ')
    .replace(/\.?0*Z$/, '')}+00`;

it('reads every instant that Postgres writes as the engine does', () => {
  const anywhere = fc.date({ min: new Date('1000-01-01'), max: new Date('9999-12-31'), noInvalidDate: true });
  fc.assert(
    fc.property(anywhere, (at) => {
      expect(instantOf(written(at))).toEqual(at);
    }),
  );
});

it.each([
  ['2026-11-25 13:00:00+00', Date.UTC(2026, 10, 25, 13)],
  ['2026-11-25 13:00:00.5+00', Date.UTC(2026, 10, 25, 13, 0, 0, 500)],
  ['2026-11-25 13:00:00.05+00', Date.UTC(2026, 10, 25, 13, 0, 0, 50)],
  ['2026-11-25 13:00:00.123456+00', Date.UTC(2026, 10, 25, 13, 0, 0, 123)],
  ['2026-11-25 18:45:00+05:45', Date.UTC(2026, 10, 25, 13)],
  ['2026-11-25 15:00:00+02', Date.UTC(2026, 10, 25, 13)],
])('%s', (text, ms) => {
  expect(instantOf(text).getTime()).toBe(ms);
});
