import { expect, it } from 'vitest';
import { replyMailAt } from './reply-mail';

it('is a minute after the last words, and five after the first at the latest', () => {
  const minute = 60_000;
  expect(replyMailAt(0, 0, minute)).toBe(minute);
  expect(replyMailAt(0, 90_000, minute)).toBe(150_000);
  expect(replyMailAt(0, 290_000, minute)).toBe(5 * minute);
});
