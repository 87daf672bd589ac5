import { expect, it } from 'vitest';
import type { QueuePosition } from '@/lib/protocol';
import { isNews } from './is-news';

const at = (position: number, low?: number, high?: number): QueuePosition => ({
  position,
  exact: true,
  wait: low === undefined || high === undefined ? null : { lowMinutes: low, highMinutes: high },
});

it.each([
  ['another place', at(2, 3, 6), at(1, 3, 6), true],
  ['the same again', at(2, 3, 6), at(2, 3, 6), false],
  ['a range that shifts a little', at(2, 3, 6), at(2, 4, 8), false],
  ['a range that is another altogether', at(2, 3, 6), at(2, 10, 20), true],
  ['one that became far shorter', at(2, 10, 20), at(2, 3, 10), true],
  ['a wait where none was said', at(2), at(2, 3, 6), true],
  ['a wait that is no longer known', at(2, 3, 6), at(2), false],
  ['still no wait', at(2), at(2), false],
])('%s', (_, said, now, expected) => {
  expect(isNews(said, now)).toBe(expected);
});
