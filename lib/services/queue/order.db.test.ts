import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { renew } from '../agent/renew';
import { claimNext } from '../handoff/claim-next';
import { prioritise } from '../handoff/prioritise';
import { resolve } from '../handoff/resolve';
import { evaluateSla } from '../sla/evaluate';
import { openTestWorld, type TestWorld } from '../testing';
import { readLiveView } from '../view/read';
import { openSession } from '../visitor/open-session';
import { readOrder } from './order';

const MINUTE = 60_000;
let world: TestWorld;
type Waiting = Awaited<ReturnType<TestWorld['conversation']>>;
let high: Waiting;
let normal: Waiting;

const inLine = async () =>
  (await readOrder(world.ctx, [world.teams.returns])).map(({ handoff }) => handoff.id);
const ids = ({ conversationId, handoffId }: Waiting) => ({ conversationId, handoffId });

beforeAll(async () => {
  world = await openTestWorld();
});
afterAll(() => world.close());

describe('the order of service', () => {
  it('is strict priority while nobody knows how fast the team is', async () => {
    normal = await world.conversation('pending');
    high = await world.conversation('pending');
    await prioritise(world.ctx, world.ana, { ...ids(high), priority: 2 });
    await evaluateSla(world.ctx, high.conversationId);
    expect(await inLine()).toEqual([high.handoffId, normal.handoffId]);
  });

  it('puts whoever can still be answered in time before a breach of a higher priority, and says so', async () => {
    const began = world.clock.now;
    for (let count = 0; count < 24; count++) {
      const { conversationId, ownerEpoch } = await world.conversation('active');
      world.clock.now += 20_000;
      await resolve(world.ctx, world.ana, { conversationId, ownerEpoch });
    }
    // P2 has passed its five minutes, P3 has a few of its fifteen left.
    world.clock.now = began + 10 * MINUTE;
    await renew(world.ctx, [world.ana.id]);
    expect(await inLine()).toEqual([normal.handoffId, high.handoffId]);
    const view = await readLiveView(world.ctx, `pending:${world.teams.returns}`);
    expect(view.rows.map(({ handoffId, movedUp }) => [handoffId, movedUp])).toEqual([
      [normal.handoffId, 'rescue'],
      [high.handoffId, null],
    ]);
    expect(view.order.map(({ handoff }) => handoff.visitorId)).toEqual([normal.visitor.id, high.visitor.id]);
  });

  it('tells the customers the same places', async () => {
    for (const [place, waiting] of [normal, high].entries()) {
      const { position } = await openSession(world.ctx, waiting.visitor);
      expect(position).toMatchObject({ position: place + 1, exact: true });
    }
  });

  it('always puts a P1 on top, and "claim next" follows it', async () => {
    const urgent = await world.conversation('pending');
    await prioritise(world.ctx, world.ana, { ...ids(urgent), priority: 1 });
    expect(await inLine()).toEqual([urgent.handoffId, normal.handoffId, high.handoffId]);
    const taken = [];
    for (let count = 0; count < 3; count++) {
      taken.push((await claimNext(world.ctx, world.ben)).conversationId);
    }
    expect(taken).toEqual([urgent, normal, high].map(({ conversationId }) => conversationId));
    expect(await inLine()).toEqual([]);
  });
});
