import { expect, it } from 'vitest';
import { uuidv7 } from './new-id';

const NOW = Date.UTC(2026, 10, 21, 9);

it('is a version 7 of RFC 9562, its first 48 bits the time', () => {
  const id = uuidv7(NOW);
  expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  expect(Number.parseInt(id.replace('-', '').slice(0, 12), 16)).toBe(NOW);
});

it('sorts in the order in which a process made them, also within a millisecond', () => {
  const ids = Array.from({ length: 3000 }, (_, index) => uuidv7(NOW + 1 + Math.floor(index / 1500)));
  expect([...ids].sort()).toEqual(ids);
  expect(new Set(ids).size).toBe(ids.length);
});
