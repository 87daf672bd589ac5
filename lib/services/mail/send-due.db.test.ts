import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { leaseDueTimers } from '@/db/queries/timers';
import type { Delivery, Mail } from '@/lib/domain/mail';
import type { Context } from '../context';
import { openTestWorld, type TestWorld } from '../testing';
import { OUTBOX_DUE, scheduleOutbox } from './outbox-timer';
import { sendDue } from './send-due';

let world: TestWorld;
let sent: string[] = [];
let say: (mail: Mail) => Delivery | Promise<Delivery> = () => ({ kind: 'sent' });
const mailer = {
  server: { host: 'mail.example', port: 587, from: 'help@larkfell.example' },
  check: async () => null,
  send: async (mail: Mail) => {
    sent.push(mail.id);
    return say(mail);
  },
};
let ctx: Context;
beforeAll(async () => {
  world = await openTestWorld();
  ctx = { ...world.ctx, mailer };
});
afterAll(() => world.close());
beforeEach(async () => {
  await ctx.db.query('delete from outbox');
  await ctx.db.query('delete from timers');
  await scheduleOutbox(ctx);
  sent = [];
  say = () => ({ kind: 'sent' });
});

async function put(count = 1): Promise<string[]> {
  const ids = Array.from({ length: count }, () => ctx.newId());
  for (const id of ids) {
    await ctx.db.query(
      `insert into outbox (id, kind, recipient, subject, text, html, created_at, due_at)
       values ($1::uuid, 'test', 'a@b.example', 'S', 'T', '<p>T</p>', $2::timestamptz, $2::timestamptz)`,
      [id, new Date(ctx.now())],
    );
  }
  return ids;
}
/** As the loop runs it: nothing when the timer is not due. */
async function run(by: Context = ctx): Promise<void> {
  for (const timer of await leaseDueTimers(by.db, by.now(), 15_000, 10)) {
    if (timer.kind === OUTBOX_DUE) await sendDue(by, timer);
  }
}
const rows = () =>
  ctx.db.query<{ id: string; state: string; attempts: number; last_error: string | null; due: number }>(
    `select id, state, attempts, last_error, (extract(epoch from due_at) * 1000)::float8 as due from outbox order by id`,
  );
const dueIn = async () => {
  const [timer] = await ctx.db.query<{ due_at: Date }>('select due_at from timers where key = $1::text', [
    OUTBOX_DUE,
  ]);
  return (timer?.due_at.getTime() ?? 0) - ctx.now();
};

describe('the outbox', () => {
  it('sends what is due once, and rests until the next round', async () => {
    const ids = await put(12);
    await run();
    expect(sent.toSorted()).toEqual(ids.toSorted());
    expect((await rows()).map(({ state, attempts }) => `${state} ${attempts}`)).toEqual(
      ids.map(() => 'sent 1'),
    );
    expect(await dueIn()).toBe(60_000);
    world.clock.now += 60_000;
    await run();
    expect(sent).toHaveLength(12);
  });

  it('two processes that send at once send each mail once', async () => {
    const ids = await put(40);
    say = () => new Promise((resolve) => setImmediate(resolve, { kind: 'sent' }));
    const timer = { key: OUTBOX_DUE, kind: OUTBOX_DUE, conversationId: '', dueAt: ctx.now(), attempts: 1 };
    await Promise.all([sendDue(ctx, timer), sendDue({ ...ctx }, timer)]);
    expect(sent.toSorted()).toEqual(ids.toSorted());
  });

  it('a mail under way is left alone until its lease ends, and its sender has the last word', async () => {
    const [id = ''] = await put();
    let answer: (delivery: Delivery) => void = () => {};
    say = () =>
      new Promise((resolve) => {
        answer = resolve;
      });
    const first = run();
    await expect.poll(() => sent).toEqual([id]);
    world.clock.now += 60_000;
    await run();
    expect(sent).toEqual([id]);
    world.clock.now += 60_000;
    say = () => ({ kind: 'failed', of: 'mail', reason: 'greylisted' });
    await run();
    expect(sent).toEqual([id, id]);
    answer({ kind: 'sent' });
    await first;
    expect(await rows()).toMatchObject([{ state: 'sent', attempts: 2, last_error: null }]);
  });

  it('what is refused for good is not tried again', async () => {
    await put();
    say = () => ({ kind: 'refused', reason: '550 no such mailbox' });
    await run();
    expect(await rows()).toMatchObject([{ state: 'failed', attempts: 1, last_error: '550 no such mailbox' }]);
    world.clock.now += 3_600_000;
    await run();
    expect(sent).toHaveLength(1);
  });

  it('a mail that fails waits longer each time, and fails for good in the end; others go meanwhile', async () => {
    const [id = ''] = await put();
    say = (mail) => (mail.id === id ? { kind: 'failed', of: 'mail', reason: '451 later' } : { kind: 'sent' });
    await run();
    expect(await dueIn()).toBe(10_000);
    const [other = ''] = await put();
    world.clock.now += 10_000;
    await run();
    expect(sent).toContain(other);
    expect((await rows()).find((row) => row.id === id)).toMatchObject({ state: 'waiting', attempts: 2 });
    for (let left = 200; left > 0 && (await rows()).some(({ state }) => state === 'waiting'); left--) {
      world.clock.now += 3_600_000;
      await run();
    }
    expect((await rows()).find((row) => row.id === id)).toMatchObject({ state: 'failed', attempts: 30 });
  });

  it('a connection that fails costs each mail no attempt of its own, and pauses all', async () => {
    await put(10);
    say = () => ({ kind: 'failed', of: 'connection', reason: 'ECONNREFUSED' });
    await run();
    expect(sent.length).toBeLessThanOrEqual(4);
    expect(await dueIn()).toBe(15_000);
    world.clock.now += 15_000;
    say = () => ({ kind: 'sent' });
    await run();
    world.clock.now += 15_000;
    await run();
    expect((await rows()).every(({ state }) => state === 'sent')).toBe(true);
  });

  it('without a way out nothing is tried, and all of it waits', async () => {
    await put(3);
    await run({ ...ctx, mailer: null });
    expect((await rows()).map(({ state, attempts }) => `${state} ${attempts}`)).toEqual([
      'waiting 0',
      'waiting 0',
      'waiting 0',
    ]);
    world.clock.now += 60_000;
    await run();
    expect(sent).toHaveLength(3);
  });

  it('what is done with is forgotten after thirty days, what waits is not', async () => {
    await put(2);
    await run();
    await put(1);
    world.clock.now += 31 * 24 * 3_600_000;
    await run({ ...ctx, mailer: null });
    expect((await rows()).map(({ state }) => state)).toEqual(['waiting']);
  });
});
