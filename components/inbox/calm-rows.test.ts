import { expect, it } from 'vitest';
import type { QueueRow } from '@/lib/protocol';
import { type CalmRow, calmRows, rowBeside } from './calm-rows';

const row = (conversationId: string, priority: QueueRow['priority'] = 3): QueueRow => ({
  conversationId,
  handoffId: null,
  name: conversationId,
  state: 'pending',
  priority,
  score: 50,
  reason: null,
  trigger: null,
  confidence: null,
  mood: 'calm',
  topic: null,
  lifetimeValue: null,
  labels: [],
  teamId: null,
  agentId: null,
  agentName: null,
  preview: '',
  previewBy: null,
  unread: 0,
  waitingSince: 0,
  startedAt: 0,
  lastMessageAt: 0,
  sla: [],
  isCallback: false,
  movedUp: null,
});
const rows = (ids: string) => [...ids].map((id) => row(id));
const shown = (ids: string): CalmRow[] => rows(ids).map((each) => ({ row: each, gone: false }));
/** As one reads the list: what has left is in brackets. */
const read = (list: readonly CalmRow[]) =>
  list.map(({ row: { conversationId: id }, gone }) => (gone ? `(${id})` : id)).join('');

it.each([
  ['let go, it follows the order', 'abc', 'cab', false, null, 'cab'],
  ['let go, what has left goes', 'abc', 'ac', false, null, 'ac'],
  ['let go, what is read stays where it was', 'abc', 'ca', false, 'b', 'c(b)a'],
  ['let go, what is read and still there moves too', 'abc', 'cab', false, 'b', 'cab'],
  ['held, nothing moves', 'abc', 'cab', true, null, 'abc'],
  ['held, what is new waits', 'abc', 'nabc', true, null, 'abc'],
  ['held, what has left keeps its place', 'abc', 'ca', true, null, 'a(b)c'],
  ['held over nothing, what comes is shown', '', 'ab', true, null, 'ab'],
])('%s', (_, before, now, held, keepId, after) => {
  expect(read(calmRows(shown(before), rows(now), held, keepId))).toBe(after);
});

it('held, a row is brought up to date where it stands, and one that comes back is here again', () => {
  const left = calmRows(shown('ab'), rows('a'), true, null);
  expect(read(left)).toBe('a(b)');
  const back = calmRows(left, [row('b', 1), row('a')], true, null);
  expect(read(back)).toBe('ab');
  expect(back[1]?.row.priority).toBe(1);
});

it.each([
  ['down', 'b', 1, 'c'],
  ['up', 'b', -1, 'a'],
  ['no further than the last', 'c', 1, 'c'],
  ['no further than the first', 'a', -1, 'a'],
  ['to the first where none is at hand', null, 1, 'a'],
  ['to the first where the one at hand is not shown', 'x', 1, 'a'],
] as const)('a step leads %s', (_, id, by, to) => {
  expect(rowBeside(shown('abc'), id, by)?.conversationId).toBe(to);
});

it('a step leads over what has left, and on from it', () => {
  const list = calmRows(shown('abc'), rows('ac'), true, null);
  expect(read(list)).toBe('a(b)c');
  expect(rowBeside(list, 'a', 1)?.conversationId).toBe('c');
  expect(rowBeside(list, 'c', -1)?.conversationId).toBe('a');
  expect(rowBeside(list, 'b', 1)?.conversationId).toBe('c');
  expect(rowBeside([], null, 1)).toBeUndefined();
});
