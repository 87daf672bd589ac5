import { Writable } from 'node:stream';
import { setImmediate as turn } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { coalesceWrites } from './coalesce-writes';

/** A line that counts its system calls; each is done when the test says so. */
function line() {
  const calls: string[][] = [];
  const done: (() => void)[] = [];
  const socket = new Writable({
    write(chunk, _encoding, written) {
      calls.push([String(chunk)]);
      done.push(written);
    },
    writev(chunks, written) {
      calls.push(chunks.map(({ chunk }) => String(chunk)));
      done.push(written);
    },
  });
  coalesceWrites(socket as never);
  return { socket, calls, done };
}

test('what is written in one turn leaves in one call, in order', async () => {
  const { socket, calls, done } = line();
  socket.write('event ');
  await Promise.resolve();
  socket.write('ack');
  expect(calls).toEqual([]);
  await turn();
  expect(calls).toEqual([['event ', 'ack']]);
  done.shift()?.();
  socket.write('next');
  await turn();
  expect(calls).toEqual([['event ', 'ack'], ['next']]);
});

test('the writer of a line that keeps up is called back within the turn', async () => {
  const { socket, calls } = line();
  let told = false;
  socket.write('frame', () => {
    told = true;
  });
  await new Promise<void>((resolve) => process.nextTick(resolve));
  expect(told).toBe(true);
  expect(calls).toEqual([]);
});

test('on a slow line the writer hears only when the bytes are written', async () => {
  const { socket, done } = line();
  socket.write('x'.repeat(40_000));
  let told = false;
  socket.write('frame', () => {
    told = true;
  });
  await turn();
  expect(told).toBe(false);
  done.shift()?.();
  await turn();
  expect(told).toBe(true);
});

test('an error of the line reaches it as ever', async () => {
  const broken = new Writable({
    write(_chunk, _encoding, written) {
      written(new Error('gone'));
    },
  });
  coalesceWrites(broken as never);
  const heard = new Promise<Error>((resolve) => broken.once('error', resolve));
  broken.write('frame', () => {});
  expect((await heard).message).toBe('gone');
});
