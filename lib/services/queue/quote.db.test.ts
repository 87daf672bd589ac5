import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { AgentActor } from '@/lib/domain/actor';
import { renew } from '../agent/renew';
import { setStatus } from '../agent/set-status';
import { cancel } from '../handoff/cancel';
import { claim } from '../handoff/claim';
import { decline } from '../handoff/decline';
import { release } from '../handoff/release';
import { requestPerson } from '../handoff/request';
import { resolve } from '../handoff/resolve';
import { changeHours } from '../settings/change-hours';
import { openTestWorld, type TestWorld } from '../testing';
import { openSession, visitorSnapshot } from '../visitor/open-session';
import { readQuotedLine } from './quote';

const MINUTE = 60_000;
type Waiting = Awaited<ReturnType<TestWorld['conversation']>>;
let world: TestWorld;
let cleo: AgentActor;

const ids = ({ conversationId, handoffId }: Waiting) => ({ conversationId, handoffId });
const told = async () => (await readQuotedLine(world.ctx, world.teams.returns)).map(({ wait }) => wait);
const forecastOf = async ({ handoffId }: Waiting) =>
  (
    await world.ctx.db.query<{ kind: string; outcome: string | null; waited_ms: number | null }>(
      `select f.kind, f.mean_ms, case when h.first_claimed_at is not null then 'taken' when h.ended_at is not null then 'left' end as outcome,
         (extract(epoch from coalesce(h.first_claimed_at, h.ended_at) - f.at) * 1000)::float8 as waited_ms
       from wait_forecasts f join handoffs h on h.id = f.handoff_id where f.handoff_id = $1::uuid`,
      [handoffId],
    )
  )[0];
const SOME = { lowMinutes: expect.any(Number), highMinutes: expect.any(Number) };

/** Cleo, who alone is there and takes one at a time, takes this one for ten minutes. */
async function handle(waiting: Waiting): Promise<void> {
  const { ownerEpoch } = await claim(world.ctx, cleo, ids(waiting));
  world.clock.now += 10 * MINUTE;
  await resolve(world.ctx, cleo, { conversationId: waiting.conversationId, ownerEpoch });
  await renew(world.ctx, [cleo.id]);
}

beforeAll(async () => {
  world = await openTestWorld();
  cleo = await world.agent('Cleo', 'agent', [world.teams.returns], 1);
});
afterAll(() => world.close());
beforeEach(() => renew(world.ctx, [cleo.id]));

describe('what a customer in line is told', () => {
  let line: Waiting[] = [];

  it('is their place alone while fewer than twenty were seen', async () => {
    for (let count = 0; count < 19; count++) await handle(await world.conversation('pending'));
    const waiting = await world.conversation('pending');
    const { position } = await openSession(world.ctx, waiting.visitor);
    expect(position).toEqual({ position: 1, exact: true, wait: null });
    expect(await forecastOf(waiting)).toBeUndefined();
    await handle(waiting);
  });

  it('is what others waited while a slot is free for them', async () => {
    // Not older than a minute is what was measured.
    world.clock.now += MINUTE;
    await renew(world.ctx, [cleo.id]);
    const waiting = await world.conversation('pending');
    const { position } = await openSession(world.ctx, waiting.visitor);
    expect(position).toEqual({ position: 1, exact: true, wait: { lowMinutes: 0, highMinutes: 1 } });
    expect(await forecastOf(waiting)).toMatchObject({ kind: 'look', outcome: null });
    await claim(world.ctx, cleo, ids(waiting));
    expect(await forecastOf(waiting)).toMatchObject({ kind: 'look', outcome: 'taken', waited_ms: 0 });
  });

  it('is a range by the place and by how fast slots come free while none is', async () => {
    for (let count = 0; count < 3; count++) line.push(await world.conversation('pending'));
    // One slot of ten minutes: one, two and three releases. Beyond their fifteen minutes they are mostly taken in time.
    expect(await told()).toEqual([
      { lowMinutes: 0, highMinutes: 20 },
      { lowMinutes: 5, highMinutes: 25 },
      { lowMinutes: 10, highMinutes: 30 },
    ]);
    for (const each of line) expect(await forecastOf(each)).toMatchObject({ kind: 'turn', outcome: null });
  });

  it('is offered before they come: the place behind those who wait, and what they would be told there', async () => {
    const offered = await world.conversation('bot');
    await requestPerson(world.ctx, offered.visitor);
    const { handoff } = await visitorSnapshot(world.ctx, offered.conversationId);
    expect(handoff).toMatchObject({ state: 'offered', ahead: 3, wait: { lowMinutes: 15, highMinutes: 40 } });
    const kept = await world.ctx.db.query('select 1 from wait_forecasts where handoff_id = $1::uuid', [
      handoff?.id,
    ]);
    expect(kept).toEqual([]);
    await decline(world.ctx, offered.visitor, { handoffId: handoff?.id ?? '' });
  });

  it('is told anew as the line moves, and kept as it was told first', async () => {
    const [first, second, third] = line as [Waiting, Waiting, Waiting];
    const before = await forecastOf(third);
    await cancel(world.ctx, first.visitor, { handoffId: first.handoffId });
    expect((await told()).map((wait) => wait?.highMinutes)).toEqual([20, 25]);
    expect(await forecastOf(third)).toEqual(before);
    expect(await forecastOf(first)).toMatchObject({ outcome: 'left', waited_ms: 0 });
    line = [second, third];
  });

  it('is held to the first time that somebody took them', async () => {
    const [second, third] = line as [Waiting, Waiting];
    world.clock.now += 4 * MINUTE;
    const { ownerEpoch } = await claim(world.ctx, world.ana, ids(second));
    expect(await forecastOf(second)).toMatchObject({ outcome: 'taken', waited_ms: 4 * MINUTE });
    await release(world.ctx, world.ana, { conversationId: second.conversationId, ownerEpoch });
    world.clock.now += 9 * MINUTE;
    await claim(world.ctx, world.ana, ids(second));
    expect(await forecastOf(second)).toMatchObject({ outcome: 'taken', waited_ms: 4 * MINUTE });
    line = [third];
  });

  it('is nothing while nobody of the team is available or there', async () => {
    expect(await told()).toEqual([SOME]);
    await setStatus(world.ctx, cleo, { status: 'away' });
    expect(await told()).toEqual([null]);
    await setStatus(world.ctx, cleo, { status: 'available' });
    expect(await told()).toEqual([SOME]);
    world.clock.now += MINUTE;
    expect(await told()).toEqual([null]);
  });

  it('is nothing while the team is closed, or closes before', async () => {
    const admin = await world.agent('Ada', 'admin');
    const at = (minutes: number) => new Date(world.clock.now + minutes * MINUTE).toISOString().slice(11, 16);
    const open = async (from: number, to: number) => {
      const week = Array.from({ length: 7 }, () => [{ from: at(from), to: at(to) }]);
      const { version } = world.ctx.settings.hours(world.teams.returns);
      const calendar = { timeZone: 'UTC', week, holidays: [] };
      await changeHours(world.ctx, admin, { teamId: world.teams.returns, version, calendar });
    };
    await open(-60, 180);
    expect(await told()).toEqual([SOME]);
    await open(-60, 5);
    expect(await told()).toEqual([null]);
    await open(60, 120);
    expect(await told()).toEqual([null]);
  });

  it('is nothing of a team that nobody waits for', async () => {
    expect(await readQuotedLine(world.ctx, world.teams.orders)).toEqual([]);
  });
});
