import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { resolve } from '@/lib/services/handoff/resolve';
import { followNotices } from '@/lib/services/notices';
import { openContext } from '@/lib/services/open-context';
import { changeQueue } from '@/lib/services/settings/change-queue';
import { openTestWorld, type TestWorld } from '@/lib/services/testing';
import { connectAgent, connectVisitor, type ServedWorld, serveWorld } from './testing';

let world: TestWorld;
let served: ServedWorld;
beforeEach(async () => {
  world = await openTestWorld();
  served = await serveWorld(world);
  const { keepQueues, endSession, agentChanged, settingsChanged, customersChanged } = served.realtime;
  await followNotices(served.ctx, {
    directory: keepQueues,
    sessionEnded: endSession,
    agentChanged,
    customersChanged,
    settingsChanged,
  });
});
afterEach(async () => {
  await served.close();
  await world.close();
});

it('who watches a queue, and who waits in it, see the order that an admin chose at another server', async () => {
  const done = await Promise.all(Array.from({ length: 20 }, () => world.conversation('active')));
  world.clock.now += 6 * 60_000;
  for (const { conversationId, ownerEpoch } of done) {
    await resolve(world.ctx, world.ana, { conversationId, ownerEpoch });
  }
  const late = await world.conversation('pending');
  world.clock.now += 16 * 60_000;
  const live = await world.conversation('pending');
  // Not older than a minute is what was measured, which was measured for the offers.
  world.clock.now += 60_000;
  const key = `pending:${world.teams.returns}`;
  // How fast slots come free is known of those who are there alone.
  const agent = await connectAgent(world, served, world.ben);
  await served.realtime.keepQueues();
  const order = [live.conversationId, late.conversationId];
  const opened = await agent.ask('view:open', { key });
  const rows = opened.ok ? (opened.data as { rows: { conversationId: string }[] }).rows : [];
  expect(rows.map(({ conversationId }) => conversationId)).toEqual(order);
  const customer = await connectVisitor(world, served, late.visitor);
  expect(await customer.ask('session:open', {})).toMatchObject({ data: { position: { position: 2 } } });

  const admin = await world.agent('Ada', 'admin');
  const other = await openContext(
    { databaseUrl: world.databaseUrl, secret: world.secret, baseUrl: served.baseUrl },
    { brain: world.brain, log: world.ctx.log, now: () => world.clock.now },
  );
  try {
    const { version, ...terms } = other.settings.queue();
    await changeQueue(other, admin, { version, ...terms, discipline: 'strict' });
    await vi.waitFor(() => {
      const diff = agent.heard.findLast(({ event }) => event === 'view:changed');
      expect(diff?.args).toMatchObject([{ key, order: [...order].reverse() }]);
      const place = customer.heard.findLast(({ event }) => event === 'queue:position');
      expect(place?.args).toMatchObject([{ position: 1 }]);
    });
  } finally {
    await other.close();
    agent.close();
    customer.close();
  }
});
