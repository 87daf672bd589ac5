import { afterAll, beforeAll, expect, it } from 'vitest';
import type { AgentActor } from '@/lib/domain/actor';
import { verifyAudit } from '../audit/verify';
import { claim } from '../handoff/claim';
import { expectNoChange, expectRefused } from '../test-ledger';
import { openTestWorld, type TestWorld } from '../testing';
import { setCapacity } from './set-capacity';

let world: TestWorld;
let admin: AgentActor;
let sam: AgentActor;
beforeAll(async () => {
  world = await openTestWorld();
  admin = await world.agent('Ada', 'admin');
  sam = await world.agent('Sam', 'agent', undefined, 4);
});
afterAll(() => world.close());

const settings = () =>
  world.ctx.db.query<{ kind: string; payload: { from?: number; to?: number } }>(
    `select kind, payload from stream_events where stream = 'settings' order by seq`,
  );
const pending = async () => {
  const { conversationId, handoffId } = await world.conversation('pending');
  return { conversationId, handoffId };
};

it('is written with what it was before, and holds from the next claim on', async () => {
  expect(await setCapacity(world.ctx, admin, { userId: sam.id, capacity: 1 })).toEqual({
    status: 'available',
    awayAt: null,
    load: 0,
    capacity: 1,
    ring: null,
  });
  expect((await settings()).at(-1)).toEqual({
    kind: 'user.capacityChanged',
    payload: { userId: sam.id, from: 4, to: 1 },
  });
  await claim(world.ctx, sam, await pending());
  const second = await pending();
  await expectRefused(world, 'limit', () => claim(world.ctx, sam, second));
  await setCapacity(world.ctx, admin, { userId: sam.id, capacity: 2 });
  await claim(world.ctx, sam, second);
  expect((await verifyAudit(world.ctx, () => {})).faults).toEqual([]);
});

it('leaves who has more what they have, and gives them no new ones', async () => {
  expect(await setCapacity(world.ctx, admin, { userId: sam.id, capacity: 1 })).toMatchObject({
    load: 2,
    capacity: 1,
  });
  const third = await pending();
  await expectRefused(world, 'limit', () => claim(world.ctx, sam, third));
});

it('leaves no trace when nothing changes, and loses no change to another admin', async () => {
  await expectNoChange(world, () => setCapacity(world.ctx, admin, { userId: sam.id, capacity: 1 }));
  const before = (await settings()).length;
  await Promise.all([3, 5].map((capacity) => setCapacity(world.ctx, admin, { userId: sam.id, capacity })));
  const [first, second] = (await settings()).slice(before);
  expect(first?.payload).toMatchObject({ from: 1 });
  expect(second?.payload).toMatchObject({ from: first?.payload.to });
});

it('is from 1 to 50, of somebody who is there, and set by admins', async () => {
  for (const capacity of [0, 51, 1.5, Number.NaN]) {
    await expectRefused(world, 'invalid', () => setCapacity(world.ctx, admin, { userId: sam.id, capacity }));
  }
  await expectRefused(world, 'not_found', () =>
    setCapacity(world.ctx, admin, { userId: world.ctx.newId(), capacity: 5 }),
  );
  for (const role of ['agent', 'supervisor'] as const) {
    const other = await world.agent(`Not ${role}`, role);
    await expectRefused(world, 'forbidden', () =>
      setCapacity(world.ctx, other, { userId: sam.id, capacity: 9 }),
    );
  }
});
