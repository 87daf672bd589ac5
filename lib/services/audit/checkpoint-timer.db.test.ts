import { afterAll, beforeAll, expect, it } from 'vitest';
import { openTestWorld, type TestWorld } from '../testing';
import { startDue } from '../timer/run-due';
import { CHECKPOINT, checkpointIsDue, scheduleCheckpoints } from './checkpoint-timer';

let world: TestWorld;
beforeAll(async () => {
  world = await openTestWorld();
});
afterAll(() => world.close());

const run = async () => {
  await Promise.all(await startDue(world.ctx, { [CHECKPOINT]: checkpointIsDue }, () => {}));
  const [row] = await world.ctx.db.query<{ written: number }>(
    'select count(*)::int as written from checkpoints',
  );
  return row?.written;
};

it('writes a checkpoint every six hours, once, and not before', async () => {
  await scheduleCheckpoints(world.ctx);
  await scheduleCheckpoints(world.ctx);
  expect(await run()).toBe(0);
  world.clock.now += 6 * 60 * 60_000;
  expect(await run()).toBe(1);
  expect(await run()).toBe(1);
  world.clock.now += 6 * 60 * 60_000;
  expect(await run()).toBe(2);
});
