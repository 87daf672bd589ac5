import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DEFAULT_ORDER } from './order-of-service';
import type { RoutableAgent } from './routable-agent';
import { type HandoffNeeds, PASSED_OVER, pickAgent, type RoutingPolicy } from './routing';
import { DEFAULT_ROUTING, type RoutingMode } from './routing-settings';
import { someAgents, someNeeds, somePolicy } from './test-routing';

const NOW = 100_000;
const NEEDS: HandoffNeeds = {
  teamId: 'billing',
  priority: 3,
  language: null,
  skills: [],
  product: null,
  declinedBy: [],
};

function agent(id: string, about: Partial<RoutableAgent> = {}): RoutableAgent {
  return {
    id,
    teamIds: ['billing'],
    status: 'available',
    load: 1,
    capacity: 4,
    idleSince: 90_000,
    lastPushedAt: 90_000,
    skills: {},
    languages: ['en'],
    ...about,
  };
}

function policy(mode: RoutingMode): RoutingPolicy {
  return { ...DEFAULT_ROUTING, version: 7, mode, order: DEFAULT_ORDER };
}

function decide(mode: RoutingMode, agents: readonly RoutableAgent[], needs: Partial<HandoffNeeds> = {}) {
  return pickAgent({ ...NEEDS, ...needs }, { version: 12, agents }, policy(mode), NOW);
}

describe('the pick of an agent', () => {
  it('is whoever was pushed to longest ago, and first of all whoever never was, in round robin', () => {
    const [ana, ben, cleo] = [
      agent('ana', { lastPushedAt: 80_000 }),
      agent('ben', { lastPushedAt: 70_000, idleSince: 99_000, load: 3 }),
      agent('cleo', { lastPushedAt: null }),
    ];
    expect(decide('round_robin', [ana, ben]).pick).toBe('ben');
    const decision = decide('round_robin', [ana, ben, cleo]);
    expect(decision.candidates.map(({ id, score }) => [id, score[0]?.value])).toEqual([
      ['cleo', null],
      ['ben', 30_000],
      ['ana', 20_000],
    ]);
  });
  it('is the longest idle in first available, however loaded', () => {
    expect(decide('first_available', [agent('ana'), agent('ben', { idleSince: 1, load: 3 })]).pick).toBe(
      'ben',
    );
  });
  it('is the lowest share of capacity, then the longest idle, in load balanced', () => {
    const agents = [
      agent('ana', { load: 2, capacity: 6 }),
      agent('ben', { load: 1, capacity: 3, idleSince: 10 }),
      agent('cleo', { load: 1, capacity: 2, idleSince: 1 }),
    ];
    expect(decide('load_balanced', agents).candidates.map(({ id }) => id)).toEqual(['ben', 'ana', 'cleo']);
  });
  it('keeps the specialists free among those who know enough, in skill based', () => {
    const agents = [
      agent('expert', { skills: { refunds: 3, api: 3 }, load: 0 }),
      agent('enough', { skills: { refunds: 2 }, load: 3 }),
      agent('bilingual', { skills: { refunds: 2 }, languages: ['en', 'fr'], load: 0 }),
      agent('beginner', { skills: { refunds: 1 }, load: 0 }),
      agent('other', { skills: { api: 3 }, load: 0 }),
    ];
    const skills = [{ name: 'refunds', level: 2 as const }];
    const decision = decide('skill_based', agents, { skills });
    expect(decision.candidates.map(({ id }) => id)).toEqual(['enough', 'bilingual', 'expert']);
    expect(decision.candidates[1]).toEqual({
      id: 'bilingual',
      slot: 'free',
      score: [
        { name: 'skill_surplus', value: 1 },
        { name: 'load_share', value: 0 },
        { name: 'idle_ms', value: 10_000 },
      ],
    });
    expect(decision.passedOver).toMatchObject({ lacks_skill: 2, lacks_language: 0 });
    expect(decide('skill_based', agents, { skills, language: 'fr-CA' })).toMatchObject({
      pick: 'bilingual',
      passedOver: { lacks_skill: 2, lacks_language: 2 },
    });
    expect(decide('skill_based', agents, { product: 'api' }).pick).toBe('other');
  });
  it('passes over who is not there, counted by what does not pass by itself first', () => {
    const agents = [
      agent('elsewhere', { teamIds: ['technical'] }),
      agent('off', { status: 'offline' }),
      agent('gone', { status: 'away' }),
      agent('busy', { status: 'busy' }),
      agent('full', { load: 4 }),
      agent('declined', { status: 'offline' }),
      agent('ana'),
    ];
    expect(decide('first_available', agents, { declinedBy: ['declined'] })).toEqual({
      teamId: 'billing',
      pick: 'ana',
      mode: 'first_available',
      eligible: 1,
      candidates: [{ id: 'ana', slot: 'free', score: [{ name: 'idle_ms', value: 10_000 }] }],
      passedOver: {
        not_in_team: 1,
        lacks_skill: 0,
        lacks_language: 0,
        declined: 1,
        offline: 1,
        away: 1,
        busy: 1,
        full: 1,
      },
      policyVersion: 7,
      snapshotVersion: 12,
      at: NOW,
    });
  });
  it('lets a P1 take the overflow slot, but a free one first and none twice', () => {
    const [full, free] = [agent('ana', { load: 4, idleSince: 1 }), agent('ben')];
    const over = agent('cleo', { load: 5 });
    expect(decide('first_available', [full], { priority: 2 }).pick).toBeNull();
    expect(decide('first_available', [full], { priority: 1 }).candidates[0]?.slot).toBe('overflow');
    expect(decide('first_available', [full, free], { priority: 1 }).candidates.map(({ id }) => id)).toEqual([
      'ben',
      'ana',
    ]);
    expect(decide('first_available', [full, over], { priority: 1 })).toMatchObject({
      pick: null,
      passedOver: { full: 2 },
    });
  });
  it('is nobody where work is claimed by hand, and says how many could', () => {
    expect(decide('manual', [agent('ana'), agent('ben')])).toMatchObject({
      pick: null,
      eligible: 2,
      candidates: [],
    });
  });
  it('is the same when it is run again on the stored input, in whatever order the agents stand', () => {
    fc.assert(
      fc.property(someNeeds, someAgents, somePolicy, fc.func(fc.nat()), (needs, agents, rules, rank) => {
        const decision = pickAgent(needs, { version: 3, agents }, rules, NOW);
        const shuffled = [...agents].sort((a, b) => rank(a.id) - rank(b.id));
        const input = { needs, snapshot: { version: 3, agents: shuffled }, rules };
        const stored: typeof input = JSON.parse(JSON.stringify(input));
        const again = pickAgent(stored.needs, stored.snapshot, stored.rules, NOW);
        expect(again).toEqual(JSON.parse(JSON.stringify(decision)));
      }),
      { numRuns: 1000 },
    );
  });
  it('counts everybody once, and gives work to nobody but the available of the team who did not decline', () => {
    fc.assert(
      fc.property(someNeeds, someAgents, somePolicy, (needs, agents, rules) => {
        const { candidates, eligible, passedOver } = pickAgent(needs, { version: 3, agents }, rules, NOW);
        expect(PASSED_OVER.reduce((sum, reason) => sum + passedOver[reason], eligible)).toBe(agents.length);
        for (const { id, slot } of candidates) {
          const given = agents.find((each) => each.id === id);
          expect(given?.status).toBe('available');
          expect(given?.teamIds).toContain(needs.teamId);
          expect(needs.declinedBy).not.toContain(id);
          const room = (given?.capacity ?? 0) - (given?.load ?? 0);
          expect(slot === 'free' ? room > 0 : room === 0 && needs.priority === 1).toBe(true);
        }
      }),
      { numRuns: 1000 },
    );
  });
});
