import { expect, test } from 'vitest';
import { shortForm } from './server-log.mjs';

test('warnings and errors are shown in one line with their cause', () => {
  const time = new Date('2026-03-01T10:20:30').getTime();
  expect(shortForm(JSON.stringify({ level: 40, time, msg: 'the mail server is slow' }), 'out')).toBe(
    '10:20:30 warning: the mail server is slow',
  );
  expect(
    shortForm(JSON.stringify({ level: 50, time, msg: 'no answer', err: { message: 'timeout' } }), 'out'),
  ).toBe('10:20:30 error: no answer: timeout');
});

test('what only the file needs is not shown', () => {
  expect(shortForm(JSON.stringify({ level: 30, time: 1, msg: 'listening' }), 'out')).toBeUndefined();
  expect(shortForm('a library says hello', 'out')).toBeUndefined();
});

test('of a crash, its first line is shown and not its stack', () => {
  const crash = ['TypeError: no such thing', '    at server.js:1:1', '', 'Node.js v20.20.2'];
  expect(crash.map((line) => shortForm(line, 'err'))).toEqual([crash[0], undefined, undefined, undefined]);
});
