import { describe, expect, test } from 'vitest';
import type { Answer, Sent } from '@/lib/protocol';
import { fakeClock } from './fake-clock';
import { brokenStorage, memoryStore } from './memory-store';
import { createOutbox } from './outbox';
import { type KeyValue, openStorage } from './storage';

interface Call {
  clientId: string;
  body: string;
  answer(answer: Answer<Sent>): Promise<void>;
}

const sent = (seq: number): Answer<Sent> => ({
  ok: true,
  data: { messageId: `m${seq}`, seq, visibleSeq: seq, at: 1 },
});
const refused = (code: 'unavailable' | 'limit' | 'invalid' | 'forbidden'): Answer<Sent> => ({
  ok: false,
  error: { code, message: code },
});

function world(storage?: KeyValue, idPrefix = 'c') {
  const own = memoryStore();
  const clock = fakeClock();
  const calls: Call[] = [];
  let ids = 0;
  const outbox = createOutbox({
    send: ({ clientId, body }) =>
      new Promise((resolve) => {
        calls.push({
          clientId,
          body,
          async answer(answer) {
            resolve(answer);
            for (let turn = 0; turn < 5; turn += 1) await Promise.resolve();
          },
        });
      }),
    storage: storage ?? openStorage('test', () => own),
    clock,
    random: () => 1,
    newId: () => `${idPrefix}${++ids}`,
    onChange: () => {},
    onSent: () => {},
  });
  const last = () => {
    const call = calls.at(-1);
    if (call === undefined) throw new Error('Nothing was sent');
    return call;
  };
  const bodies = () => outbox.items().map((item) => `${item.body}:${item.status}`);
  return { clock, calls, outbox, last, bodies };
}

describe('outbox', () => {
  test('sends one at a time, in the order of writing', async () => {
    const { outbox, calls, last } = world();
    outbox.add('one');
    outbox.add('two');
    outbox.add('three');
    expect(calls).toHaveLength(0);
    outbox.resume();
    expect(calls.map((call) => call.body)).toEqual(['one']);
    await last().answer(sent(1));
    await last().answer(sent(2));
    await last().answer(sent(3));
    expect(calls.map((call) => call.body)).toEqual(['one', 'two', 'three']);
  });

  test('a lost answer is asked for again under the same client id before anything else leaves', async () => {
    const { outbox, calls, last, clock } = world();
    outbox.resume();
    outbox.add('one');
    outbox.add('two');
    await last().answer(refused('unavailable'));
    expect(calls).toHaveLength(1);
    clock.advance(500);
    await last().answer(refused('limit'));
    clock.advance(999);
    expect(calls).toHaveLength(2);
    clock.advance(1);
    await last().answer(sent(1));
    expect(calls.map((call) => call.clientId)).toEqual(['c1', 'c1', 'c1', 'c2']);
  });

  test('nothing leaves while paused, and everything once it resumes', async () => {
    const { outbox, calls, last, clock } = world();
    outbox.resume();
    outbox.add('one');
    outbox.pause();
    await last().answer(refused('unavailable'));
    clock.advance(60_000);
    outbox.add('two');
    expect(calls).toHaveLength(1);
    outbox.resume();
    await last().answer(sent(1));
    await last().answer(sent(2));
    expect(calls.map((call) => call.body)).toEqual(['one', 'one', 'two']);
  });

  test('resuming twice does not send twice', async () => {
    const { outbox, calls } = world();
    outbox.add('one');
    outbox.resume();
    outbox.resume();
    expect(calls).toHaveLength(1);
  });

  test.each(['invalid', 'forbidden'] as const)(
    '%s is final: the text stays, the next one leaves',
    async (code) => {
      const { outbox, bodies, last } = world();
      outbox.resume();
      outbox.add('one');
      outbox.add('two');
      await last().answer(refused(code));
      expect(bodies()).toEqual(['one:failed', 'two:sending']);
      await last().answer(sent(1));
      outbox.retry('c1');
      expect(last().clientId).toBe('c1');
      await last().answer(sent(2));
      expect(bodies()).toEqual(['two:sent', 'one:sent']);
    },
  );

  test('an acknowledged message is shown until it has arrived', async () => {
    const { outbox, bodies, last } = world();
    outbox.resume();
    outbox.add('one');
    await last().answer(sent(1));
    expect(bodies()).toEqual(['one:sent']);
    outbox.settle((item) => item.clientId === 'c1');
    expect(bodies()).toEqual([]);
  });

  test('a message whose event came before its acknowledgement is not shown again', async () => {
    const { outbox, bodies, last } = world();
    outbox.resume();
    outbox.add('one');
    outbox.settle((item) => item.clientId === 'c1');
    await last().answer(sent(1));
    expect(bodies()).toEqual([]);
  });

  test('what was written before the page went away leaves from the next page, in order, under its client id', async () => {
    const store = memoryStore();
    const before = world(openStorage('test', () => store));
    before.outbox.resume();
    before.outbox.add('one');
    before.outbox.add('two');
    before.outbox.add('three');
    await before.last().answer(sent(1));

    const after = world(openStorage('test', () => store));
    expect(after.bodies()).toEqual(['two:waiting', 'three:waiting']);
    after.outbox.resume();
    await after.last().answer(sent(2));
    expect(after.calls.map((call) => call.clientId)).toEqual(['c2', 'c3']);
  });

  test('two tabs keep each other’s messages', () => {
    const store = memoryStore();
    const left = world(
      openStorage('test', () => store),
      'left',
    );
    const right = world(
      openStorage('test', () => store),
      'right',
    );
    left.outbox.add('from the left');
    right.clock.advance(5);
    right.outbox.add('from the right');
    expect(world(openStorage('test', () => store)).bodies()).toEqual([
      'from the left:waiting',
      'from the right:waiting',
    ]);
  });

  test('works where nothing may be stored', async () => {
    const { outbox, bodies, last } = world(brokenStorage());
    outbox.add('one');
    outbox.resume();
    await last().answer(sent(1));
    expect(bodies()).toEqual(['one:sent']);
  });

  test('what cannot be read back is left alone', () => {
    const store = memoryStore();
    store.setItem('test:outbox:c9', '{"clientId":');
    store.setItem('test:outbox:c8', '{"body":"no id"}');
    expect(world(openStorage('test', () => store)).bodies()).toEqual([]);
  });

  test('the order of writing survives a clock that stands still', () => {
    const store = memoryStore();
    const { outbox } = world(openStorage('test', () => store));
    for (const body of ['one', 'two', 'three']) outbox.add(body);
    expect(world(openStorage('test', () => store)).bodies()).toEqual([
      'one:waiting',
      'two:waiting',
      'three:waiting',
    ]);
  });
});
