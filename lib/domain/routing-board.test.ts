import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DEFAULT_ORDER, type PullMoment } from './order-of-service';
import type { RoutableAgent } from './routable-agent';
import { nextToPush, pickAgent, type QueuedHandoff, type RoutingPolicy } from './routing';
import { RoutingBoard } from './routing-board';
import { DEFAULT_ROUTING } from './routing-settings';
import { someAgent, someNeeds, somePolicy } from './test-routing';

const NOW = 1000;
const TEAMS = ['billing', 'technical'];

type Operation = (world: World) => void;

/** The board beside plain lists, by which the rule answers. */
class World {
  board = new RoutingBoard();
  agents = new Map<string, RoutableAgent>();
  handoffs = new Map<string, QueuedHandoff>();
  policies = new Map<string, RoutingPolicy>();

  putAgent(agent: RoutableAgent) {
    this.board.putAgent(agent);
    this.agents.set(agent.id, agent);
  }

  removeHandoff(id: string) {
    this.board.remove(id);
    this.handoffs.delete(id);
  }

  check(now: number, given: Omit<PullMoment, 'now' | 'settings'>) {
    const snapshot = this.board.snapshot();
    expect(new Map(snapshot.agents.map((agent) => [agent.id, agent]))).toEqual(this.agents);
    for (const teamId of TEAMS) {
      const policy = this.policies.get(teamId) ?? { ...DEFAULT_ROUTING, order: DEFAULT_ORDER };
      const moment = { ...given, now, settings: policy.order };
      const waiting = [...this.handoffs.values()].filter((handoff) => handoff.teamId === teamId);
      const next = nextToPush(waiting, snapshot, policy, moment);
      expect(this.board.next(teamId, moment)).toEqual(next);
      const some = waiting[now % Math.max(1, waiting.length)];
      if (some) expect(this.board.pick(teamId, some.id, now)).toEqual(pickAgent(some, snapshot, policy, now));
    }
  }

  /** What is pushed next is taken, so that agents fill up. */
  take(now: number, teamId: string) {
    const policy = this.policies.get(teamId);
    const moment = { now, pulls: 0, releaseRate: 0.02, urgentRate: 0, settings: DEFAULT_ORDER };
    const pushed = policy && this.board.next(teamId, moment);
    const agent = pushed && this.agents.get(pushed.decision.pick ?? '');
    if (!agent) return;
    this.removeHandoff(pushed.handoffId);
    this.putAgent({ ...agent, load: agent.load + 1, lastPushedAt: now, idleSince: now });
  }
}

const someId = fc.nat(7).map((index) => `a${index}`);
const put = (teamId: string): fc.Arbitrary<Operation> =>
  fc
    .record({
      needs: someNeeds,
      id: fc.nat(15),
      waited: fc.nat(40),
      targetMs: fc.constantFrom(10, 30),
      targetless: fc.nat(9),
    })
    .map(({ needs, id, waited, targetMs, targetless }) => (world: World) => {
      const queuedAt = NOW - waited;
      const dueAt = targetless === 0 ? null : queuedAt + targetMs;
      const handoff = { ...needs, teamId, id: `${teamId}${id}`, queuedAt, dueAt, targetMs };
      world.board.put(handoff);
      world.handoffs.set(handoff.id, handoff);
    });
const operation: fc.Arbitrary<Operation> = fc.oneof(
  { weight: 6, arbitrary: put('billing') },
  { weight: 3, arbitrary: put('technical') },
  {
    weight: 6,
    arbitrary: someId.chain(someAgent).map((agent) => (world: World) => world.putAgent(agent)),
  },
  {
    weight: 4,
    arbitrary: fc
      .record({ id: someId, status: fc.constantFrom('available' as const, 'away' as const), load: fc.nat(4) })
      .map(({ id, ...change }) => (world: World) => {
        const agent = world.agents.get(id);
        if (agent) world.putAgent({ ...agent, ...change });
      }),
  },
  {
    weight: 1,
    arbitrary: someId.map((id) => (world: World) => {
      world.board.removeAgent(id);
      world.agents.delete(id);
    }),
  },
  { weight: 2, arbitrary: fc.nat(15).map((id) => (world: World) => world.removeHandoff(`billing${id}`)) },
  { weight: 5, arbitrary: fc.nat(30).map((late) => (world: World) => world.take(NOW + late, 'billing')) },
  {
    weight: 1,
    arbitrary: fc.tuple(fc.constantFrom(...TEAMS), somePolicy).map(([teamId, policy]) => (world: World) => {
      world.board.setPolicy(teamId, policy);
      world.policies.set(teamId, policy);
    }),
  },
);

describe('a routing board', () => {
  it('answers as the rules do, while agents and handoffs come, change and go', () => {
    const given = fc.record({
      pulls: fc.nat(20),
      releaseRate: fc.constantFrom(null, 0.05, 0.5),
      urgentRate: fc.constantFrom(0, 0.01),
    });
    fc.assert(
      fc.property(
        somePolicy,
        fc.array(operation, { minLength: 10, maxLength: 60, size: 'max' }),
        given,
        (policy, operations, moment) => {
          const world = new World();
          for (const teamId of TEAMS.slice(0, 1)) {
            world.board.setPolicy(teamId, policy);
            world.policies.set(teamId, policy);
          }
          for (const [index, operate] of operations.entries()) {
            operate(world);
            world.check(NOW + (index % 5), moment);
          }
        },
      ),
      { numRuns: 400 },
    );
  });
  it('keeps the specialists free as the rule does, when many know alike', () => {
    const many = fc.tuple(...Array.from({ length: 40 }, (_, index) => someAgent(`a${index}`)));
    fc.assert(
      fc.property(
        many,
        somePolicy,
        fc.array(someNeeds, { minLength: 4, maxLength: 12 }),
        (agents, policy, asked) => {
          const world = new World();
          const bySkill: RoutingPolicy = { ...policy, mode: 'skill_based' };
          world.board.setPolicy('billing', bySkill);
          for (const agent of agents) {
            world.putAgent({ ...agent, teamIds: ['billing'], status: 'available', capacity: agent.load + 1 });
          }
          const snapshot = world.board.snapshot();
          for (const [index, needs] of asked.entries()) {
            const times = { queuedAt: NOW, dueAt: null, targetMs: 10 };
            const handoff = { ...needs, ...times, teamId: 'billing', id: `h${index}` };
            world.board.put(handoff);
            const decision = pickAgent(handoff, snapshot, bySkill, NOW);
            expect(world.board.pick('billing', handoff.id, NOW)).toEqual(decision);
          }
        },
      ),
      { numRuns: 100 },
    );
  });
});
