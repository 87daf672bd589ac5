import { afterAll, beforeAll, expect, it } from 'vitest';
import { ACTIVITY_TOLD_MS } from '@/lib/domain/presence';
import { claim } from '../handoff/claim';
import { changeQueue } from '../settings/change-queue';
import { expectNoChange, expectRefused, headOf } from '../test-ledger';
import { openTestWorld, type TestWorld } from '../testing';
import { noteActivity } from './note-activity';
import { readColleagues, readOwnPresence } from './read';
import { renew } from './renew';
import { setStatus } from './set-status';

let world: TestWorld;
beforeAll(async () => {
  world = await openTestWorld();
});
afterAll(() => world.close());

const seenOf = async (id: string) =>
  (await readColleagues(world.ctx, world.ben)).agents.find((agent) => agent.id === id);

it('says what the agent says, to the agent and to colleagues, whatever is observed', async () => {
  const { ctx, ana } = world;
  expect(await seenOf(ana.id)).toEqual({ id: ana.id, status: 'offline', load: 0, capacity: 1000 });
  await renew(ctx, [ana.id]);
  expect(await seenOf(ana.id)).toMatchObject({ status: 'available' });
  for (const status of ['busy', 'away', 'offline', 'available'] as const) {
    const own = { status, awayAt: null, load: 0, capacity: 1000, ring: null };
    expect(await setStatus(ctx, ana, { status })).toEqual(own);
    expect(await seenOf(ana.id)).toMatchObject({ status });
  }
  await setStatus(ctx, ana, { status: 'busy' });
  world.clock.now += 60_000;
  expect(await seenOf(ana.id)).toMatchObject({ status: 'busy' });
  await setStatus(ctx, ana, { status: 'available' });
  expect(await seenOf(ana.id)).toMatchObject({ status: 'offline' });
  expect(await readOwnPresence(ctx, ana.id)).toMatchObject({ status: 'available' });
});

it('is away by itself when no tab saw any input for the time an admin set, and the hand wins', async () => {
  const cleo = await world.agent('Cleo');
  const { ctx, clock } = world;
  const here = () => renew(ctx, [cleo.id]);
  await here();
  clock.now += 3_600_000;
  await here();
  expect(await seenOf(cleo.id)).toMatchObject({ status: 'available' });

  const end = clock.now + 600_000 + ACTIVITY_TOLD_MS;
  expect(await noteActivity(ctx, cleo)).toMatchObject({ status: 'available', awayAt: end });
  clock.now = end - 1;
  await here();
  expect(await seenOf(cleo.id)).toMatchObject({ status: 'available' });
  clock.now = end;
  expect(await seenOf(cleo.id)).toMatchObject({ status: 'away' });
  for (const status of ['busy', 'offline', 'away', 'available'] as const) {
    await setStatus(ctx, cleo, { status });
    expect(await seenOf(cleo.id)).toMatchObject({ status: status === 'available' ? 'away' : status });
  }
  await noteActivity(ctx, cleo);
  expect(await seenOf(cleo.id)).toMatchObject({ status: 'available' });

  clock.now += 3_600_000;
  await here();
  expect(await seenOf(cleo.id)).toMatchObject({ status: 'away' });
  const admin = await world.agent('Ada', 'admin');
  const { version, ...terms } = ctx.settings.queue();
  await changeQueue(ctx, admin, { version, ...terms, awayAfterMs: null });
  expect(await seenOf(cleo.id)).toMatchObject({ status: 'available' });
  expect(await readOwnPresence(ctx, cleo.id)).toMatchObject({ awayAt: null });
});

it('takes nothing away: who says offline keeps their conversations', async () => {
  const { conversationId, handoffId } = await world.conversation('pending');
  await claim(world.ctx, world.ana, { conversationId, handoffId });
  await setStatus(world.ctx, world.ana, { status: 'offline' });
  expect(await headOf(world, conversationId)).toMatchObject({ agent_id: world.ana.id });
  await expectNoChange(world, () => setStatus(world.ctx, world.ana, { status: 'offline' }));
});

it('is one of four words', async () => {
  for (const input of [{ status: 'lunch' }, {}, { status: 'away', userId: world.ben.id }]) {
    await expectRefused(world, 'invalid', () => setStatus(world.ctx, world.ana, input as never));
  }
});
