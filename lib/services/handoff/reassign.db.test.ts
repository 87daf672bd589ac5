import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AgentActor } from '@/lib/domain/actor';
import { addNote } from '../message/add-note';
import { sendAsAgent } from '../message/send-as-agent';
import { ringAt } from '../routing/testing';
import { expectRefused, handoffOf, headOf, logOf, timersOf } from '../test-ledger';
import { openTestWorld, type TestWorld } from '../testing';
import { visitorSnapshot } from '../visitor/open-session';
import { reassign } from './reassign';
import { resolve } from './resolve';

let world: TestWorld;
let priya: AgentActor;
let admin: AgentActor;
let olga: AgentActor;
let oda: AgentActor;
beforeAll(async () => {
  world = await openTestWorld();
  priya = await world.agent('Priya', 'supervisor');
  admin = await world.agent('Ada', 'admin', []);
  olga = await world.agent('Olga', 'agent', [world.teams.orders]);
  oda = await world.agent('Oda', 'supervisor', [world.teams.orders]);
});
afterAll(() => world.close());

type Made = Awaited<ReturnType<TestWorld['conversation']>>;
type To = Parameters<typeof reassign>[2]['to'];

const agent = ({ id }: { id: string }): To => ({ kind: 'agent', id });
const team = (id: string): To => ({ kind: 'team', id });
async function give(actor: AgentActor, made: Made, to: To, more: { note?: string; override?: true } = {}) {
  const { owner_epoch } = await headOf(world, made.conversationId);
  const { conversationId } = made;
  return reassign(world.ctx, actor, { conversationId, ownerEpoch: owner_epoch, to, note: '', ...more });
}
const load = async ({ id }: AgentActor) => {
  const [row] = await world.ctx.db.query<{ load: number }>('select load from users where id = $1::uuid', [
    id,
  ]);
  return row?.load ?? 0;
};

describe('reassigning', () => {
  it('gives what an agent has to another of the team: owner, slots, epoch, note and log', async () => {
    const made = await world.conversation('active');
    const before = { ana: await load(world.ana), ben: await load(world.ben) };
    const { ownerEpoch } = await give(priya, made, agent(world.ben), { note: 'See the photo.' });
    expect(ownerEpoch).toBe(made.ownerEpoch + 1);
    expect(await headOf(world, made.conversationId)).toMatchObject({
      state: 'active',
      agent_id: world.ben.id,
      owner_epoch: ownerEpoch,
    });
    expect(await handoffOf(world, made.handoffId)).toMatchObject({
      state: 'claimed',
      agent_id: world.ben.id,
    });
    expect(await load(world.ana)).toBe(before.ana - 1);
    expect(await load(world.ben)).toBe(before.ben + 1);
    const log = await logOf(world, made.conversationId);
    expect(log.slice(-2)).toMatchObject([
      { kind: 'note.added' },
      {
        kind: 'handoff.reassigned',
        actor: { kind: 'agent', id: priya.id, name: 'Priya' },
        payload: {
          from: { id: world.ana.id, name: 'Ana' },
          to: { kind: 'agent', id: world.ben.id, name: 'Ben' },
        },
      },
    ]);
    expect(JSON.stringify(log)).not.toContain('photo');
    expect(await timersOf(world, made.conversationId)).toContain(`sla:${made.conversationId}`);
  });

  it('gives what waits to an agent, and tells the customer who that is', async () => {
    const made = await world.conversation('pending');
    world.clock.now += 5000;
    await give(priya, made, agent(world.ben));
    expect(await handoffOf(world, made.handoffId)).toMatchObject({
      state: 'claimed',
      agent_id: world.ben.id,
      claimed_at: new Date(world.clock.now),
    });
    const { handoff, events } = await visitorSnapshot(world.ctx, made.conversationId);
    expect(handoff).toMatchObject({ state: 'claimed', agentName: 'Ben' });
    expect(events.at(-1)).toMatchObject({
      change: 'transferred',
      byName: 'Priya',
      handoff: { agentName: 'Ben' },
    });
  });

  it('moves what waits to another team’s queue, with the place of its first wait, for an admin', async () => {
    const made = await world.conversation('pending');
    const { queued_at } = await handoffOf(world, made.handoffId);
    world.clock.now += 5000;
    await give(admin, made, team(world.teams.orders));
    expect(await headOf(world, made.conversationId)).toMatchObject({
      state: 'pending',
      team_id: world.teams.orders,
    });
    expect(await handoffOf(world, made.handoffId)).toMatchObject({ state: 'pending', queued_at });
  });

  it('puts what an agent has back into the queue, and frees the slot', async () => {
    const made = await world.conversation('active');
    const before = await load(world.ana);
    await give(priya, made, team(world.teams.returns));
    expect(await headOf(world, made.conversationId)).toMatchObject({ state: 'pending', agent_id: null });
    expect(await load(world.ana)).toBe(before - 1);
  });

  it('to oneself takes it over from the agent, who is refused from then on', async () => {
    const made = await world.conversation('active');
    const { ownerEpoch } = await give(priya, made, agent(priya));
    const words = { clientId: world.nextClientId(), body: 'Still me.' };
    const { conversationId } = made;
    const { winner } = await expectRefused(world, 'conflict', () =>
      sendAsAgent(world.ctx, world.ana, { conversationId, ownerEpoch: made.ownerEpoch, ...words }),
    );
    expect(winner?.name).toBe('Priya');
    await sendAsAgent(world.ctx, priya, { conversationId, ownerEpoch, ...words });
    const { events } = await visitorSnapshot(world.ctx, conversationId);
    expect(events.at(-2)).toMatchObject({ change: 'takenOver', handoff: { agentName: 'Priya' } });
  });

  it('ends the ring of what waits, and frees the slot that it held', async () => {
    for (const to of [agent(world.ben), team(world.teams.orders)]) {
      const rung = await world.agent('Rung', 'agent', [world.teams.returns], 1);
      const made = await world.conversation('pending');
      await ringAt(world.ctx, rung, world.teams.returns, made);
      expect(await load(rung)).toBe(1);
      await give(admin, made, to);
      expect(await load(rung)).toBe(0);
      const { conversationId } = made;
      const rings = 'select id from conversations where id = $1::uuid and ring_agent_id is not null';
      expect(await world.ctx.db.query(rings, [conversationId])).toEqual([]);
    }
  });

  it('gives it to whom it rings at, with the slot that was held for it', async () => {
    const rung = await world.agent('Rung', 'agent', [world.teams.returns], 1);
    const made = await world.conversation('pending');
    await ringAt(world.ctx, rung, world.teams.returns, made);
    await give(priya, made, agent(rung));
    expect(await load(rung)).toBe(1);
    expect(await headOf(world, made.conversationId)).toMatchObject({ state: 'active', agent_id: rung.id });
  });

  it('respects the capacity, unless it is set aside by who may', async () => {
    const small = await world.agent('Small', 'agent', [world.teams.returns], 1);
    await give(priya, await world.conversation('active'), agent(small));
    const made = await world.conversation('pending');
    const { message } = await expectRefused(world, 'limit', () => give(priya, made, agent(small)));
    expect(message).toMatch(/^Small has all/);
    await give(priya, made, agent(small), { override: true });
    expect((await logOf(world, made.conversationId)).at(-1)?.payload).toMatchObject({ overCapacity: true });
  });
});

describe('reassigning is refused, and nothing has changed', () => {
  it('to agents, also for what is their own', async () => {
    const made = await world.conversation('active');
    await expectRefused(world, 'forbidden', () => give(world.ana, made, agent(world.ben)));
  });

  it('for another team’s conversation, as for one that is not there', async () => {
    const made = await world.conversation('active');
    const foreign = await expectRefused(world, 'not_found', () => give(oda, made, agent(olga)));
    const missing = await expectRefused(world, 'not_found', () =>
      reassign(world.ctx, oda, {
        conversationId: world.ctx.newId(),
        ownerEpoch: 1,
        to: agent(olga),
        note: '',
      }),
    );
    expect(foreign).toEqual(missing);
  });

  it('to somebody of another team, and to nobody at all', async () => {
    const made = await world.conversation('pending');
    await expectRefused(world, 'forbidden', () => give(priya, made, agent(olga)));
    await expectRefused(world, 'forbidden', () => give(priya, made, team(world.teams.orders)));
    await expectRefused(world, 'not_found', () => give(priya, made, agent({ id: world.ctx.newId() })));
  });

  it('to where it is', async () => {
    const [active, pending] = [await world.conversation('active'), await world.conversation('pending')];
    await expectRefused(world, 'invalid', () => give(priya, active, agent(world.ana)));
    await expectRefused(world, 'invalid', () => give(priya, pending, team(world.teams.returns)));
  });

  it.each(['bot', 'offered'] as const)('while it is %s', async (state) => {
    const made = await world.conversation(state);
    await expectRefused(world, 'conflict', () => give(priya, made, agent(world.ben)));
  });

  it('with a stale epoch', async () => {
    const made = await world.conversation('active');
    for (const ownerEpoch of [made.ownerEpoch - 1, made.ownerEpoch + 1]) {
      await expectRefused(world, 'conflict', () =>
        reassign(world.ctx, priya, {
          conversationId: made.conversationId,
          ownerEpoch,
          to: agent(world.ben),
          note: '',
        }),
      );
    }
  });
});

it('against the owner’s resolve at the same moment one wins, and the loser is told', async () => {
  for (let contest = 0; contest < 8; contest++) {
    const made = await world.conversation('active');
    const { conversationId, ownerEpoch } = made;
    const input = { conversationId, ownerEpoch, to: agent(world.ben), note: '' };
    const [given, resolved] = await Promise.allSettled([
      reassign(world.ctx, priya, input),
      resolve(world.ctx, world.ana, { conversationId, ownerEpoch }),
    ]);
    const won = [given, resolved].filter(({ status }) => status === 'fulfilled');
    const lost = [given, resolved].find(({ status }) => status === 'rejected');
    expect(won).toHaveLength(1);
    expect(lost).toMatchObject({ reason: { code: 'conflict' } });
    const ends = (await logOf(world, conversationId)).filter(({ kind }) =>
      ['handoff.reassigned', 'handoff.resolved'].includes(kind),
    );
    expect(ends).toHaveLength(1);
  }
});

it('a supervisor may whisper into what an agent of the team has, and nobody may from another team', async () => {
  const { conversationId } = await world.conversation('active');
  const words = () => ({ clientId: world.nextClientId(), body: 'Offer the spare pole: canary.' });
  await addNote(world.ctx, priya, { conversationId, ...words() });
  expect((await logOf(world, conversationId)).at(-1)).toMatchObject({ kind: 'note.added', visible: null });
  expect(JSON.stringify(await visitorSnapshot(world.ctx, conversationId))).not.toContain('canary');
  await expectRefused(world, 'not_found', () => addNote(world.ctx, oda, { conversationId, ...words() }));
});
