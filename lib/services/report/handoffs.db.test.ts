import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AgentActor } from '@/lib/domain/actor';
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

  it('is not an agent’s to read', async () => {
    await expect(readHandoffReport(world.ctx, world.ana, SPAN)).rejects.toMatchObject({ code: 'forbidden' });
  });
});
