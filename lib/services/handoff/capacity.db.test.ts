import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AgentActor } from '@/lib/domain/actor';
import { takeover } from '../conversation/takeover';
import { acceptRing } from '../routing/answer-ring';
import { openTeam } from '../routing/testing';
import { expectRefused, logOf } from '../test-ledger';
import { openTestWorld, type TestWorld } from '../testing';
import { claim } from './claim';
import { claimNext } from './claim-next';
import { handBack } from './hand-back';
import { prioritise } from './prioritise';
import { reassign } from './reassign';
import { release } from './release';
import { resolve } from './resolve';
import { handOver } from './testing';
import { transfer } from './transfer';

let world: TestWorld;
beforeAll(async () => {
  world = await openTestWorld();
});
afterAll(() => world.close());

const withRoomFor = (capacity: number) =>
  world.agent(`Room ${capacity} ${world.nextClientId()}`, 'agent', undefined, capacity);
const loadOf = async (agent: AgentActor) => {
  const [row] = await world.ctx.db.query<{ load: number; held: number }>(
    `select load, (select count(*)::int from conversations c where c.state = 'active' and c.agent_id = u.id) as held
     from users u where id = $1::uuid`,
    [agent.id],
  );
  expect(row?.load).toBe(row?.held);
  return row?.load;
};
const pending = async () => {
  const { conversationId, handoffId } = await world.conversation('pending');
  return { conversationId, handoffId };
};
const fenced = ({ conversationId, ownerEpoch }: { conversationId: string; ownerEpoch: number }) => ({
  conversationId,
  ownerEpoch,
});
const claimBy = async (agent: AgentActor) => {
  const made = await pending();
  const { ownerEpoch } = await claim(world.ctx, agent, made);
  return { ...made, ownerEpoch };
};
type Held = Awaited<ReturnType<typeof claimBy>>;

describe('capacity', () => {
  it('is taken by a claim, and a claim beyond it changes nothing and says what to do', async () => {
    const agent = await withRoomFor(2);
    await claimBy(agent);
    await claimBy(agent);
    expect(await loadOf(agent)).toBe(2);
    const third = await pending();
    const refusal = await expectRefused(world, 'limit', () => claim(world.ctx, agent, third));
    expect(refusal.message).toMatch(/End or transfer one first/);
    expect(await loadOf(agent)).toBe(2);
    await claim(world.ctx, world.ana, third);
  });

  it('stops "claim next" with the same words instead of trying everyone who waits', async () => {
    const agent = await withRoomFor(1);
    await claimBy(agent);
    const waiting = await pending();
    await expectRefused(world, 'limit', () => claimNext(world.ctx, agent));
    await claim(world.ctx, world.ana, waiting);
  });

  it('comes back with every way of giving a conversation away', async () => {
    const agent = await withRoomFor(1);
    const ways = [
      (held: Held) => release(world.ctx, agent, fenced(held)),
      (held: Held) => handBack(world.ctx, agent, fenced(held)),
      (held: Held) => resolve(world.ctx, agent, fenced(held)),
      (held: Held) =>
        transfer(world.ctx, agent, {
          ...fenced(held),
          to: { kind: 'team', id: world.teams.orders },
          note: '',
        }),
      (held: Held) => handOver(world.ctx, agent, world.ben, held),
    ];
    for (const way of ways) {
      const held = await claimBy(agent);
      expect(await loadOf(agent)).toBe(1);
      await way(held);
      expect(await loadOf(agent)).toBe(0);
    }
    await loadOf(world.ben);
  });

  it('counts what is taken over from the bot and what a colleague transfers', async () => {
    const agent = await withRoomFor(1);
    const { conversationId } = await world.conversation('bot');
    await takeover(world.ctx, agent, { conversationId });
    expect(await loadOf(agent)).toBe(1);
    const second = await world.conversation('bot');
    await expectRefused(world, 'limit', () =>
      takeover(world.ctx, agent, { conversationId: second.conversationId }),
    );
    const { conversationId: given, ownerEpoch } = await world.conversation('active');
    const refusal = await expectRefused(world, 'limit', () =>
      transfer(world.ctx, world.ana, {
        conversationId: given,
        ownerEpoch,
        to: { kind: 'agent', id: agent.id },
        note: '',
      }),
    );
    expect(refusal.message).toContain(agent.name);
    expect(await loadOf(agent)).toBe(1);
  });

  it('is exceeded by one for a P1, by one agent of the team at a time', async () => {
    const [first, second] = [await withRoomFor(1), await withRoomFor(1)];
    await claimBy(first);
    await claimBy(second);
    const urgent = [await pending(), await pending()] as const;
    for (const each of urgent) await prioritise(world.ctx, world.ana, { ...each, priority: 1 });
    await claim(world.ctx, first, urgent[0]);
    expect(await loadOf(first)).toBe(2);
    await expectRefused(world, 'limit', () => claim(world.ctx, second, urgent[1]));
    await claim(world.ctx, world.ana, urgent[1]);
  });

  it('is exceeded by one alone, also when several P1 are taken at the same moment', async () => {
    const team = await openTeam(world, 'Urgent');
    const agents = await Promise.all(
      ['a', 'b', 'c', 'd'].map((name) =>
        world.agent(`Full ${name}`, 'agent', [team, world.teams.returns], 1),
      ),
    );
    for (const agent of agents) await claimBy(agent);
    for (let contest = 0; contest < 20; contest++) {
      const urgent = await Promise.all(agents.map(() => pending()));
      for (const each of urgent) {
        await prioritise(world.ctx, world.ana, { ...each, priority: 1 });
        await world.ctx.db.query('update conversations set team_id = $2::uuid where id = $1::uuid', [
          each.conversationId,
          team,
        ]);
      }
      const results = await Promise.allSettled(
        agents.map((agent, index) =>
          claim(world.ctx, agent, urgent[index] ?? { conversationId: '', handoffId: '' }),
        ),
      );
      const taken = results.findIndex(({ status }) => status === 'fulfilled');
      expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
      const [agent, each, won] = [agents[taken], urgent[taken], results[taken]];
      if (agent && each && won?.status === 'fulfilled') {
        const { conversationId } = each;
        await resolve(world.ctx, agent, { conversationId, ownerEpoch: won.value.ownerEpoch });
      }
    }
  });

  it('is set aside by those who may, and the log says so', async () => {
    const lead = await world.agent('Lead', 'supervisor', undefined, 1);
    await claimBy(lead);
    const second = await pending();
    await expectRefused(world, 'limit', () => claim(world.ctx, lead, second));
    const { ownerEpoch } = await claim(world.ctx, lead, { ...second, override: true });
    expect((await logOf(world, second.conversationId)).at(-1)).toMatchObject({
      kind: 'handoff.claimed',
      payload: { agentId: lead.id, overCapacity: true },
    });
    const full = await withRoomFor(1);
    await claimBy(full);
    const given = {
      conversationId: second.conversationId,
      ownerEpoch,
      to: { kind: 'agent' as const, id: full.id },
      note: '',
    };
    await expectRefused(world, 'limit', () => transfer(world.ctx, lead, given));
    await transfer(world.ctx, lead, { ...given, override: true });
    expect((await logOf(world, second.conversationId)).at(-1)).toMatchObject({
      kind: 'handoff.transferAsked',
      payload: { agentId: full.id, overCapacity: true },
    });
    await acceptRing(world.ctx, full, second);
    expect(await loadOf(full)).toBe(2);
  });

  it('is not set aside by an agent, nor by the supervisor of another team', async () => {
    const agent = await withRoomFor(1);
    await claimBy(agent);
    const second = await pending();
    await expectRefused(world, 'forbidden', () => claim(world.ctx, agent, { ...second, override: true }));
    const oda = await world.agent('Oda', 'supervisor', [world.teams.orders], 5);
    const { conversationId } = await world.conversation('bot');
    const { ownerEpoch } = await takeover(world.ctx, oda, { conversationId });
    await expectRefused(world, 'forbidden', () =>
      transfer(world.ctx, oda, {
        conversationId,
        ownerEpoch,
        to: { kind: 'agent', id: agent.id },
        note: '',
        override: true,
      }),
    );
    const ada = await world.agent('Ada', 'admin', [], 1);
    await claimBy(ada);
    await claim(world.ctx, ada, { ...second, override: true });
    expect(await loadOf(ada)).toBe(2);
  });

  it('survives conversations that go both ways at the same moment', async () => {
    const ada = await world.agent('Ada', 'admin');
    const [one, two] = [await withRoomFor(30), await withRoomFor(30)];
    const held = await Promise.all(
      Array.from({ length: 20 }, (_, index) => claimBy(index % 2 === 0 ? one : two)),
    );
    await Promise.all(
      held.map((each, index) => {
        const to = index % 2 === 0 ? two : one;
        return reassign(world.ctx, ada, { ...fenced(each), to: { kind: 'agent', id: to.id }, note: '' });
      }),
    );
    expect([await loadOf(one), await loadOf(two)]).toEqual([10, 10]);
  });
});
