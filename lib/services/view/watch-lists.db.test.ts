import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { claim } from '../handoff/claim';
import { prioritise } from '../handoff/prioritise';
import { resolve } from '../handoff/resolve';
import { transfer } from '../handoff/transfer';
import { sendAsAgent } from '../message/send-as-agent';
import { evaluateSla } from '../sla/evaluate';
import { openTestWorld, type TestWorld } from '../testing';
import { authoriseView, readLiveView } from './read';

let world: TestWorld;
beforeAll(async () => {
  world = await openTestWorld();
});
afterAll(() => world.close());

const MINUTE = 60_000;
/** Of a P3, whose first response is promised within fifteen minutes. */
const RISK = 12 * MINUTE;
const DUE = 15 * MINUTE;

type Made = Awaited<ReturnType<TestWorld['conversation']>>;

async function later(ms: number, ...made: Made[]): Promise<void> {
  world.clock.now += ms;
  for (const { conversationId } of made) await evaluateSla(world.ctx, conversationId);
}

async function listed(list: 'atRisk' | 'breached', teamId = world.teams.returns): Promise<string[]> {
  const { rows, total } = await readLiveView(world.ctx, `${list}:${teamId}`);
  expect(total).toBe(rows.length);
  return rows.map(({ conversationId }) => conversationId);
}

describe('the lists of handoffs in danger', () => {
  it('hold a handoff from its mark on, and let it go when it ends', async () => {
    const made = await world.conversation('pending');
    const { conversationId, handoffId } = made;
    await later(RISK - 1, made);
    expect(await listed('atRisk')).not.toContain(conversationId);
    await later(1, made);
    expect(await listed('atRisk')).toContain(conversationId);
    expect(await listed('atRisk', world.teams.orders)).not.toContain(conversationId);
    await later(DUE - RISK, made);
    expect(await listed('atRisk')).not.toContain(conversationId);
    expect(await listed('breached')).toContain(conversationId);

    const { ownerEpoch } = await claim(world.ctx, world.ana, { conversationId, handoffId });
    const words = { clientId: world.nextClientId(), body: 'Sorry for the wait.' };
    await sendAsAgent(world.ctx, world.ana, { conversationId, ownerEpoch, ...words });
    await later(1000, made);
    expect(await listed('breached'), 'answered late, it stays flagged').toContain(conversationId);
    await resolve(world.ctx, world.ana, { conversationId, ownerEpoch });
    expect(await listed('breached')).not.toContain(conversationId);
  });

  it('let it go when it is answered in time, or given more of it', async () => {
    const [answered, eased] = [await world.conversation('active'), await world.conversation('pending')];
    await later(RISK, answered, eased);
    expect(await listed('atRisk')).toEqual(
      expect.arrayContaining([answered.conversationId, eased.conversationId]),
    );
    const words = { clientId: world.nextClientId(), body: 'Hi.' };
    const { conversationId, ownerEpoch } = answered;
    await sendAsAgent(world.ctx, world.ana, { conversationId, ownerEpoch, ...words });
    const { handoffId } = eased;
    await prioritise(world.ctx, world.ana, { conversationId: eased.conversationId, handoffId, priority: 4 });
    await later(0, answered, eased);
    const left = await listed('atRisk');
    expect(left).not.toContain(answered.conversationId);
    expect(left).not.toContain(eased.conversationId);
  });

  it('put the longest overdue first, and what was answered late after all that still waits', async () => {
    const late = await world.conversation('active');
    await later(DUE + MINUTE, late);
    const words = { clientId: world.nextClientId(), body: 'Hi.' };
    const { conversationId, ownerEpoch } = late;
    await sendAsAgent(world.ctx, world.ana, { conversationId, ownerEpoch, ...words });
    await later(0, late);
    const first = await world.conversation('pending');
    world.clock.now += MINUTE;
    const second = await world.conversation('pending');
    await later(DUE, first, second);
    const order = await listed('breached');
    const places = [first, second, late].map((made) => order.indexOf(made.conversationId));
    expect(places.every((place) => place >= 0)).toBe(true);
    expect(places).toEqual([...places].sort((a, b) => a - b));
  });

  it('follow it to another team', async () => {
    const made = await world.conversation('active');
    await later(RISK, made);
    const { conversationId, ownerEpoch } = made;
    const to = { kind: 'team', id: world.teams.orders } as const;
    await transfer(world.ctx, world.ana, { conversationId, ownerEpoch, to, note: '' });
    expect(await listed('atRisk')).not.toContain(conversationId);
    expect(await listed('atRisk', world.teams.orders)).toContain(conversationId);
  });

  it('are not shown to another team', async () => {
    for (const list of ['atRisk', 'breached'] as const) {
      expect(() => authoriseView(world.ana, `${list}:${world.teams.returns}`)).not.toThrow();
      expect(() => authoriseView(world.ana, `${list}:${world.teams.orders}`)).toThrow(/no such view/);
    }
  });

  it('are filled by the migration as the ledgers say', async () => {
    const flags = () =>
      world.ctx.db.query<{ id: string; sla_flag: string | null }>(
        `select id, sla_flag, sla_flag_due_at from handoffs where state in ('pending', 'claimed') order by id`,
      );
    const before = await flags();
    expect(new Set(before.map((row) => row.sla_flag))).toEqual(new Set([null, 'at_risk', 'overdue', 'late']));
    await world.ctx.db.query('update handoffs set sla_flag = null, sla_flag_due_at = null');
    const statements = readFileSync('db/migrations/0007_sla_flag.sql', 'utf8').split(
      '--> statement-breakpoint',
    );
    await world.ctx.db.query(statements.find((text) => /^update handoffs/m.test(text)) ?? '');
    expect(await flags()).toEqual(before);
  });
});
