import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { AgentActor } from '@/lib/domain/actor';
import { ACTIVITY_TOLD_MS } from '@/lib/domain/presence';
import { goneForGood } from '@/lib/services/agent/testing';
import { claim } from '@/lib/services/handoff/claim';
import { followNotices } from '@/lib/services/notices';
import { openTestWorld, type TestWorld } from '@/lib/services/testing';
import { setCapacity } from '@/lib/services/user/set-capacity';
import { connectAgent, connectVisitor, type ServedWorld, serveWorld } from './testing';

let world: TestWorld;
let served: ServedWorld;
beforeEach(async () => {
  world = await openTestWorld();
  served = await serveWorld(world);
});
afterEach(async () => {
  await served.close();
  await world.close();
});

const presenceOf = async (agent: AgentActor) => {
  const [row] = await world.ctx.db.query<{ connected_until: Date | null; due_at: Date | null }>(
    `select connected_until, (select due_at from timers where key = 'presence:' || u.id) as due_at from users u where id = $1::uuid`,
    [agent.id],
  );
  return { forMs: inMs(row?.connected_until), vanishesInMs: inMs(row?.due_at) };
};
const inMs = (at: Date | null | undefined) => (at ? at.getTime() - world.clock.now : null);

it('is there when the connection is: a lease, and a timer after it', async () => {
  expect(await presenceOf(world.ana)).toEqual({ forMs: null, vanishesInMs: null });
  const desk = await connectAgent(world, served, world.ana);
  expect(await presenceOf(world.ana)).toEqual({ forMs: 45_000, vanishesInMs: 105_000 });
  expect(served.realtime.hears(world.ana.id)).toBe(true);
  desk.close();
});

it('ends with the last tab, not with the first', async () => {
  const tabs = [await connectAgent(world, served, world.ana), await connectAgent(world, served, world.ana)];
  tabs[0]?.close();
  await connectAgent(world, served, world.ben);
  await tabs[1]?.ask('desk:open', {});
  expect(await presenceOf(world.ana)).toEqual({ forMs: 45_000, vanishesInMs: 105_000 });
  tabs[1]?.close();
  await vi.waitFor(async () =>
    expect(await presenceOf(world.ana)).toEqual({ forMs: 22_500, vanishesInMs: 60_000 }),
  );
  expect(served.realtime.hears(world.ana.id)).toBe(false);
});

it('of who comes back at once is as if they had not left', async () => {
  const before = await connectAgent(world, served, world.ana);
  before.close();
  await vi.waitFor(() => expect(served.realtime.hears(world.ana.id)).toBe(false));
  const after = await connectAgent(world, served, world.ana);
  expect(await presenceOf(world.ana)).toEqual({ forMs: 45_000, vanishesInMs: 105_000 });
  after.close();
});

it('of everyone is shortened when the server drains', async () => {
  await connectAgent(world, served, world.ana);
  await connectAgent(world, served, world.ben);
  await served.realtime.drain();
  for (const agent of [world.ana, world.ben]) {
    expect(await presenceOf(agent)).toEqual({ forMs: 22_500, vanishesInMs: 60_000 });
  }
});

it('which ends for good is told to the customer, with their place', async () => {
  const { conversationId, handoffId, visitor } = await world.conversation('pending');
  await claim(served.ctx, world.ana, { conversationId, handoffId });
  await served.realtime.keepQueues();
  const tab = await connectVisitor(world, served, visitor);
  await tab.ask('session:open', {});
  await goneForGood(served.ctx, world.ana);
  await vi.waitFor(() => {
    expect(tab.heard.find(({ event }) => event === 'queue:position')?.args).toEqual([
      { position: 1, exact: true, wait: null },
    ]);
  });
  expect(JSON.stringify(tab.heard)).toContain('"change":"dropped"');
  tab.close();
});

it('status, load and capacity are told to all of one’s own tabs, and to nobody else', async () => {
  const { keepQueues, endSession, agentChanged, settingsChanged, customersChanged } = served.realtime;
  const on = {
    directory: keepQueues,
    sessionEnded: endSession,
    agentChanged,
    settingsChanged,
    customersChanged,
  };
  await followNotices(served.ctx, on);
  const tabs = [await connectAgent(world, served, world.ana), await connectAgent(world, served, world.ana)];
  const colleague = await connectAgent(world, served, world.ben);
  expect(await tabs[0]?.ask('desk:open', {})).toMatchObject({
    data: { presence: { status: 'available', awayAt: null, load: 0, capacity: 1000 } },
  });
  const heard = (expected: object) =>
    vi.waitFor(() => {
      for (const tab of tabs) {
        const told = tab.heard.filter(({ event }) => event === 'agent:changed');
        expect(told.at(-1)?.args).toEqual([expected]);
      }
    });
  await tabs[0]?.ask('agent:setStatus', { status: 'busy' });
  await heard({ status: 'busy', awayAt: null, load: 0, capacity: 1000, ring: null });
  const awayAt = world.clock.now + 600_000 + ACTIVITY_TOLD_MS;
  expect(await tabs[1]?.ask('agent:active', {})).toMatchObject({ data: { awayAt } });
  await heard({ status: 'busy', awayAt, load: 0, capacity: 1000, ring: null });
  const { conversationId, handoffId } = await world.conversation('pending');
  await tabs[1]?.ask('handoff:claim', { conversationId, handoffId });
  await heard({ status: 'busy', awayAt, load: 1, capacity: 1000, ring: null });
  const admin = await world.agent('Ada', 'admin');
  await setCapacity(world.ctx, admin, { userId: world.ana.id, capacity: 3 });
  await heard({ status: 'busy', awayAt, load: 1, capacity: 3, ring: null });
  expect(await colleague.ask('agent:colleagues', {})).toMatchObject({ ok: true });
  expect(colleague.heard).toEqual([]);
  for (const client of [...tabs, colleague]) client.close();
});
