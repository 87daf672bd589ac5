import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AgentActor } from '@/lib/domain/actor';
import { claim } from '../handoff/claim';
import { sendAsAgent } from '../message/send-as-agent';
import { evaluateSla } from '../sla/evaluate';
import { openTestWorld, type TestWorld } from '../testing';
import { listReportedHandoffs, readHandoffReport } from './handoffs';

const MINUTE = 60_000;
const SPAN = { days: 7, timeZone: 'UTC' } as const;
const ALL = {
  ...SPAN,
  day: null,
  reason: null,
  path: null,
  outcome: null,
  stage: null,
  before: null,
} as const;
let world: TestWorld;
let admin: AgentActor;
beforeAll(async () => {
  world = await openTestWorld();
  admin = await world.agent('Ada', 'admin');
});
afterAll(() => world.close());

describe('the Handoff report', () => {
  it('counts every handoff of which a clock was breached, names the instant, and drills down to it', async () => {
    const late = await world.conversation('active');
    const inTime = await world.conversation('active');
    const queued = world.clock.now;
    world.clock.now = queued + 4 * MINUTE;
    const said = { clientId: world.nextClientId(), body: 'Here I am.' };
    await sendAsAgent(world.ctx, world.ana, {
      conversationId: inTime.conversationId,
      ownerEpoch: inTime.ownerEpoch,
      ...said,
    });
    world.clock.now = queued + 40 * MINUTE;
    for (const { conversationId } of [late, inTime]) await evaluateSla(world.ctx, conversationId);
    const { totals } = await readHandoffReport(world.ctx, admin, SPAN);
    expect(totals).toMatchObject({ handoffs: 2, breached: 1 });
    const { rows } = await listReportedHandoffs(world.ctx, admin, { ...ALL, stage: 'breached' });
    expect(rows.map(({ handoffId, breachedAt }) => [handoffId, breachedAt])).toEqual([
      [late.handoffId, queued + 15 * MINUTE],
    ]);
  });

  it('holds the waits that were told to what came, and leads to those who waited longer', async () => {
    // Told what a server tells: 0 to 3 minutes, taken after so many.
    const taken = async (minutes: number, teamId = world.teams.returns) => {
      const { conversationId, handoffId } = await world.conversation('pending');
      await world.ctx.db.query(
        `insert into wait_forecasts (handoff_id, team_id, priority, kind, at, raw_ms, raw_low_ms, raw_high_ms, mean_ms, shown_low_ms, shown_high_ms)
         values ($1::uuid, $2::uuid, 3, 'look', $3::timestamptz, 120000, 60000, 180000, 120000, 60000, 180000)`,
        [handoffId, teamId, new Date(world.clock.now)],
      );
      world.clock.now += minutes * MINUTE;
      await claim(world.ctx, world.ana, { conversationId, handoffId });
      return handoffId;
    };
    const before = (await readHandoffReport(world.ctx, admin, SPAN)).forecasts;
    expect(before).toEqual([expect.objectContaining({ teamId: null, told: 0, taken: 0, meanErrorMs: null })]);
    const late = [await taken(4), await taken(7)];
    await taken(2);
    await taken(3);
    await taken(0.5, world.teams.orders);
    const { forecasts } = await readHandoffReport(world.ctx, admin, SPAN);
    expect(forecasts).toHaveLength(3);
    expect(forecasts).toEqual(
      expect.arrayContaining([
        {
          teamId: null,
          teamName: null,
          told: 5,
          taken: 5,
          inRange: 2,
          sooner: 1,
          later: 2,
          meanErrorMs: ((2 + 5 + 0 + 1 + 1.5) / 5) * MINUTE,
        },
        expect.objectContaining({ teamName: 'Returns', taken: 4, inRange: 2, sooner: 0, later: 2 }),
        expect.objectContaining({ teamName: 'Orders', taken: 1, sooner: 1 }),
      ]),
    );
    const { rows } = await listReportedHandoffs(world.ctx, admin, { ...ALL, stage: 'later' });
    expect(rows.map(({ handoffId }) => handoffId).sort()).toEqual(late.sort());
  });

  it('is not an agent’s to read', async () => {
    await expect(readHandoffReport(world.ctx, world.ana, SPAN)).rejects.toMatchObject({ code: 'forbidden' });
  });
});
