import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { leaseDueTimers, nextTimerAt } from '@/db/queries/timers';
import { takeover } from '../conversation/takeover';
import { claim } from '../handoff/claim';
import { prioritise } from '../handoff/prioritise';
import { release } from '../handoff/release';
import { resolve } from '../handoff/resolve';
import { sendAsAgent } from '../message/send-as-agent';
import { sendAsVisitor } from '../message/send-as-visitor';
import { expectNoChange, handoffOf, logOf, timersOf } from '../test-ledger';
import { openTestWorld, type TestWorld } from '../testing';
import { evaluateSla } from './evaluate';
import { slaKey } from './sla-timer';

const MINUTE = 60_000;
let world: TestWorld;
beforeAll(async () => {
  world = await openTestWorld();
});
afterAll(() => world.close());
beforeEach(() => world.ctx.db.query('delete from timers'));

const words = () => ({ clientId: world.nextClientId(), body: 'Some words.' });
type Made = Awaited<ReturnType<TestWorld['conversation']>>;
const fenced = ({ conversationId, ownerEpoch }: Made) => ({ conversationId, ownerEpoch });
const ids = ({ conversationId, handoffId }: Made) => ({ conversationId, handoffId });

const marks = async (conversationId: string) =>
  (await logOf(world, conversationId))
    .filter(({ kind }) => kind === 'sla.marked')
    .map(({ payload }) => `${payload.metric} ${payload.mark}`);

/** Runs the timer of this conversation at each of its instants until `until`, as the loop would. */
async function runUntil(made: Made, until: number): Promise<void> {
  for (;;) {
    const at = await dueAt(made);
    if (at === null || at > until) break;
    world.clock.now = Math.max(world.clock.now, at);
    await evaluateSla(world.ctx, made.conversationId);
  }
  world.clock.now = until;
}

async function dueAt({ conversationId }: Made): Promise<number | null> {
  const [row] = await world.ctx.db.query<{ due_at: Date }>('select due_at from timers where key = $1::text', [
    slaKey(conversationId),
  ]);
  return row?.due_at.getTime() ?? null;
}

describe('the clocks of a handoff', () => {
  it('start when it enters the queue, warn at 80 %, breach at the deadline, each once', async () => {
    const made = await world.conversation('pending');
    const queued = world.clock.now;
    expect(await dueAt(made)).toBe(queued + 12 * MINUTE);
    await runUntil(made, queued + 12 * MINUTE - 1);
    expect(await marks(made.conversationId)).toEqual([]);
    await runUntil(made, queued + 12 * MINUTE);
    expect(await marks(made.conversationId)).toEqual(['first_response at_risk']);
    await runUntil(made, queued + 40 * MINUTE);
    expect(await marks(made.conversationId)).toEqual(['first_response at_risk', 'first_response breach']);
    const breach = (await logOf(world, made.conversationId)).find(({ payload }) => payload.mark === 'breach');
    expect(breach?.payload).toMatchObject({ at: queued + 15 * MINUTE, dueAt: queued + 15 * MINUTE });
    await expectNoChange(world, () => evaluateSla(world.ctx, made.conversationId));
  });

  it('are looked at by several processes at once, and still mark once', async () => {
    const made = await world.conversation('pending');
    world.clock.now += 20 * MINUTE;
    await Promise.all(Array.from({ length: 5 }, () => evaluateSla(world.ctx, made.conversationId)));
    expect(await marks(made.conversationId)).toEqual(['first_response at_risk', 'first_response breach']);
  });

  it('an answer before the deadline is in time, however late it is looked at', async () => {
    const made = await world.conversation('active');
    const queued = world.clock.now;
    world.clock.now = queued + 14 * MINUTE;
    await sendAsAgent(world.ctx, world.ana, { ...fenced(made), ...words() });
    world.clock.now = queued + 16 * MINUTE;
    await evaluateSla(world.ctx, made.conversationId);
    expect(await marks(made.conversationId)).toEqual(['first_response at_risk', 'first_response met']);
  });

  it('next response runs while the customer waits for words, and is paused while they are waited for', async () => {
    const made = await world.conversation('active');
    await sendAsAgent(world.ctx, world.ana, { ...fenced(made), ...words() });
    await evaluateSla(world.ctx, made.conversationId);
    world.clock.now += MINUTE;
    const asked = world.clock.now;
    await sendAsVisitor(world.ctx, made.visitor, words());
    expect(await dueAt(made)).toBe(asked);
    await evaluateSla(world.ctx, made.conversationId);
    expect(await dueAt(made)).toBe(asked + 12 * MINUTE);
    world.clock.now += MINUTE;
    await sendAsVisitor(world.ctx, made.visitor, words());
    expect(await dueAt(made)).toBe(asked + 12 * MINUTE);
    world.clock.now += MINUTE;
    await sendAsAgent(world.ctx, world.ana, { ...fenced(made), ...words() });
    expect(await dueAt(made)).toBe(world.clock.now);
    await evaluateSla(world.ctx, made.conversationId);
    await runUntil(made, world.clock.now + 60 * MINUTE);
    expect(await marks(made.conversationId)).toEqual(['first_response met', 'next_response met']);
  });

  it('another priority counts from the original start, and may breach at once', async () => {
    const made = await world.conversation('pending');
    const queued = world.clock.now;
    await runUntil(made, queued + 6 * MINUTE);
    await prioritise(world.ctx, world.ana, { ...ids(made), priority: 1 });
    await evaluateSla(world.ctx, made.conversationId);
    expect(await marks(made.conversationId)).toEqual(['first_response breach']);
    expect((await logOf(world, made.conversationId)).at(-1)?.payload).toMatchObject({
      at: queued + 6 * MINUTE,
      dueAt: queued + 2 * MINUTE,
      priority: 1,
    });
  });

  it('go on over claim and release, and end when the handoff ends', async () => {
    const made = await world.conversation('pending');
    const queued = world.clock.now;
    await runUntil(made, queued + 5 * MINUTE);
    const { ownerEpoch } = await claim(world.ctx, world.ana, ids(made));
    await release(world.ctx, world.ana, { conversationId: made.conversationId, ownerEpoch });
    await runUntil(made, queued + 13 * MINUTE);
    expect(await marks(made.conversationId)).toEqual(['first_response at_risk']);
    const again = await claim(world.ctx, world.ana, ids(made));
    await sendAsAgent(world.ctx, world.ana, { conversationId: made.conversationId, ...again, ...words() });
    await resolve(world.ctx, world.ana, { conversationId: made.conversationId, ...again });
    await evaluateSla(world.ctx, made.conversationId);
    expect(await marks(made.conversationId)).toEqual([
      'first_response at_risk',
      'first_response met',
      'resolution met',
    ]);
    expect(await timersOf(world, made.conversationId)).toEqual([]);
    const ledger = (await handoffOf(world, made.handoffId)).sla;
    expect(JSON.stringify(ledger).length).toBeLessThan(2000);
  });

  it('begin with a takeover too', async () => {
    const made = await world.conversation('bot');
    await takeover(world.ctx, world.ana, { conversationId: made.conversationId });
    await evaluateSla(world.ctx, made.conversationId);
    expect(await dueAt(made)).toBe(world.clock.now + 12 * MINUTE);
  });

  it('leave no timer that would wake the loop for nothing', async () => {
    const made = await world.conversation('bot');
    await world.ctx.db.query('delete from timers');
    await sendAsVisitor(world.ctx, made.visitor, words());
    expect(await timersOf(world, made.conversationId)).toEqual([`bot.turn:${made.conversationId}`]);
    await world.ctx.db.query('delete from timers');
    expect(await nextTimerAt(world.ctx.db)).toBeNull();
    expect(await leaseDueTimers(world.ctx.db, world.clock.now, 1000, 10)).toEqual([]);
  });
});
