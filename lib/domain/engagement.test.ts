import { expect, it } from 'vitest';
import { engagement } from './engagement';

it.each([
  [null, 0, 0],
  [null, 9, 0.4],
  [{ pages: 1, ms: 0 }, 1, 0.16],
  [{ pages: 5, ms: 150_000 }, 2, 0.65],
  [{ pages: 5, ms: 300_000 }, 2, 0.8],
  [{ pages: 50, ms: 9_000_000 }, 40, 1],
])('a visit of %j with %i messages: %d', (visit, messages, expected) => {
  expect(engagement(visit, messages)).toBe(expected);
});
