import { expect, test } from 'vitest';
import { Awaiting } from './awaiting';

const said = (author: 'visitor' | 'agent' | 'bot', kind: 'text' | 'note' = 'text') => [{ author, kind }];

test('knows whose words wait for an agent, until one answers or the conversation leaves', () => {
  const awaiting = new Awaiting();
  const hear = (state: string, messages: ReturnType<typeof said> | []) =>
    awaiting.hear({ id: 'a', state }, messages);
  hear('bot', said('visitor'));
  expect(awaiting.has('a')).toBe(false);
  hear('pending', []);
  expect(awaiting.has('a')).toBe(false);
  hear('active', said('visitor'));
  expect(awaiting.has('a')).toBe(true);
  hear('active', said('agent', 'note'));
  expect(awaiting.has('a')).toBe(true);
  hear('active', said('agent'));
  expect(awaiting.has('a')).toBe(false);
  hear('active', said('visitor'));
  hear('bot', []);
  expect(awaiting.has('a')).toBe(false);
});

test('does not grow without bound', () => {
  const awaiting = new Awaiting();
  for (let index = 0; index <= 100_000; index++)
    awaiting.hear({ id: `${index}`, state: 'active' }, said('visitor'));
  expect(awaiting.has('0')).toBe(false);
});
