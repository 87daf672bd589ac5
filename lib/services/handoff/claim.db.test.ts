import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AppError } from '../errors';
import { expectNoChange, expectRefused, handoffOf, headOf, logOf } from '../test-ledger';
import { openTestWorld, type TestWorld } from '../testing';
import { cancel } from './cancel';
import { claim } from './claim';
import { claimNext } from './claim-next';
import { prioritise } from './prioritise';

let world: TestWorld;
beforeAll(async () => {
  world = await openTestWorld();
});
afterAll(() => world.close());

describe('claim', () => {
  it('gives the handoff to one agent: head, handoff, one event, and everyone told', async () => {
    const { conversationId, handoffId } = await world.conversation('pending');
    const before = await headOf(world, conversationId);
    const told = world.published.length;
    world.clock.now += 5000;
    const { ownerEpoch } = await claim(world.ctx, world.ben, { conversationId, handoffId });
    expect(ownerEpoch).toBe(before.owner_epoch + 1);
    expect(await headOf(world, conversationId)).toMatchObject({
      state: 'active',
      agent_id: world.ben.id,
      team_id: world.teams.returns,
      owner_epoch: ownerEpoch,
    });
    expect(await handoffOf(world, handoffId)).toMatchObject({
      state: 'claimed',
      agent_id: world.ben.id,
      claimed_at: new Date(world.clock.now),
      outcome: null,
    });
    const log = await logOf(world, conversationId);
    expect(log.at(-1)).toMatchObject({
      kind: 'handoff.claimed',
      actor: { kind: 'agent', id: world.ben.id, name: 'Ben' },
      payload: { handoffId, agentId: world.ben.id, agentName: 'Ben' },
    });
    expect(world.published.slice(told)).toHaveLength(1);
  });

  it('answers a repeat as the first time', async () => {
    const { conversationId, handoffId } = await world.conversation('pending');
    const first = await claim(world.ctx, world.ana, { conversationId, handoffId });
    const again = await expectNoChange(world, () =>
      claim(world.ctx, world.ana, { conversationId, handoffId }),
    );
    expect(again).toEqual(first);
  });

  it('tells the loser who was faster, and when', async () => {
    const { conversationId, handoffId } = await world.conversation('pending');
    await claim(world.ctx, world.ana, { conversationId, handoffId });
    const refusal = await expectRefused(world, 'conflict', () =>
      claim(world.ctx, world.ben, { conversationId, handoffId }),
    );
    expect(refusal.winner).toEqual({ name: 'Ana', at: world.clock.now });
    expect(refusal.message).toBe('Ana has this conversation now.');
  });

  it('tells who comes after the customer has left', async () => {
    const { conversationId, handoffId, visitor } = await world.conversation('pending');
    await cancel(world.ctx, visitor, { handoffId });
    const { message } = await expectRefused(world, 'conflict', () =>
      claim(world.ctx, world.ana, { conversationId, handoffId }),
    );
    expect(message).toMatch(/left the queue/);
  });

  it('lets exactly one of many win, and writes one event', async () => {
    const agents = await Promise.all(Array.from({ length: 6 }, (_, index) => world.agent(`Racer ${index}`)));
    for (let contest = 0; contest < 5; contest++) {
      const { conversationId, handoffId } = await world.conversation('pending');
      const results = await Promise.allSettled(
        agents.map((agent) => claim(world.ctx, agent, { conversationId, handoffId })),
      );
      const lost = results.flatMap((result) => (result.status === 'rejected' ? [result.reason] : []));
      expect(lost).toHaveLength(agents.length - 1);
      const winner = agents[results.findIndex((result) => result.status === 'fulfilled')];
      for (const error of lost) {
        expect(error).toBeInstanceOf(AppError);
        expect(error.refusal).toMatchObject({ code: 'conflict', winner: { name: winner?.name } });
      }
      const log = await logOf(world, conversationId);
      expect(log.filter((row) => row.kind === 'handoff.claimed')).toHaveLength(1);
      expect((await headOf(world, conversationId)).agent_id).toBe(winner?.id);
    }
  });

  it('lets an admin claim in a team that is not theirs', async () => {
    const admin = await world.agent('Ada', 'admin', []);
    const { conversationId, handoffId } = await world.conversation('pending');
    await claim(world.ctx, admin, { conversationId, handoffId });
    expect((await headOf(world, conversationId)).agent_id).toBe(admin.id);
  });
});

describe('claim next', () => {
  it('follows priority, then who has waited longest, and never leaves the team', async () => {
    await drain();
    const first = await world.conversation('pending');
    world.clock.now += 1000;
    const second = await world.conversation('pending');
    world.clock.now += 1000;
    const urgent = await world.conversation('pending');
    await prioritise(world.ctx, world.ana, { ...ids(urgent), priority: 1 });
    const elsewhere = await world.agent('Olga', 'agent', [world.teams.orders]);
    await expectRefused(world, 'not_found', () => claimNext(world.ctx, elsewhere));
    const order = [];
    for (let turn = 0; turn < 3; turn++) order.push((await claimNext(world.ctx, world.ben)).conversationId);
    expect(order).toEqual([urgent.conversationId, first.conversationId, second.conversationId]);
    const { message } = await expectRefused(world, 'not_found', () => claimNext(world.ctx, world.ben));
    expect(message).toBe('Nobody is waiting.');
  });

  it('gives each of several who press at once another customer', async () => {
    await drain();
    const waiting = [];
    for (let count = 0; count < 4; count++)
      waiting.push((await world.conversation('pending')).conversationId);
    const agents = await Promise.all([1, 2, 3, 4].map((number) => world.agent(`Presser ${number}`)));
    const taken = await Promise.all(agents.map((agent) => claimNext(world.ctx, agent)));
    expect(taken.map(({ conversationId }) => conversationId).sort()).toEqual(waiting.sort());
  });
});

describe('prioritise', () => {
  it('sets the priority by hand, logs from and to, and tells no customer', async () => {
    const made = await world.conversation('pending');
    const before = await handoffOf(world, made.handoffId);
    await prioritise(world.ctx, world.ben, { ...ids(made), priority: 1 });
    expect((await handoffOf(world, made.handoffId)).priority).toBe(1);
    expect((await logOf(world, made.conversationId)).at(-1)).toMatchObject({
      kind: 'handoff.prioritised',
      visible: null,
      payload: { handoffId: made.handoffId, priority: 1, from: before.priority },
    });
    await expectNoChange(world, () => prioritise(world.ctx, world.ana, { ...ids(made), priority: 1 }));
  });
});

const ids = ({ conversationId, handoffId }: { conversationId: string; handoffId: string }) => ({
  conversationId,
  handoffId,
});

async function drain(): Promise<void> {
  for (;;) {
    const next = await claimNext(world.ctx, world.ana).catch((error: unknown) => {
      if (error instanceof AppError && error.code === 'not_found') return null;
      throw error;
    });
    if (next === null) return;
  }
}
