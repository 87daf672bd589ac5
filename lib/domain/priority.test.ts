import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MOODS, REASONS } from './handoff';
import { type PriorityFacts, priorityBy, priorityFor, priorityScore, shownScore } from './priority';
import { DEFAULT_PRIORITY_POLICY } from './priority-policy';

const { thresholds: THRESHOLDS, weights: WEIGHTS } = DEFAULT_PRIORITY_POLICY;

const NOTHING: PriorityFacts = {
  tier: null,
  lifetimeValue: null,
  churnRisk: null,
  mood: 'calm',
  conversationMs: 0,
  messageCount: 0,
  cancellation: false,
};
const score = (facts: Partial<PriorityFacts>) => priorityScore({ ...NOTHING, ...facts }, WEIGHTS).score;

describe('score', () => {
  it('starts at 50 with nothing known', () => {
    expect(priorityScore(NOTHING, WEIGHTS)).toEqual({ score: 50, parts: [{ name: 'base', points: 50 }] });
  });
  it.each<[string, Partial<PriorityFacts>, number]>([
    ['premium', { tier: 'premium' }, 70],
    ['gold, however it is written', { tier: 'Gold' }, 70],
    ['platinum', { tier: 'PLATINUM' }, 70],
    ['another tier', { tier: 'silver' }, 50],
    ['a value of 5000', { lifetimeValue: 5000 }, 50],
    ['a value over 5000', { lifetimeValue: 5000.01 }, 65],
    ['high churn risk', { churnRisk: 'high' }, 75],
    ['medium churn risk', { churnRisk: 'medium' }, 50],
    ['frustrated', { mood: 'frustrated' }, 70],
    ['uneasy', { mood: 'uneasy' }, 50],
    ['ten minutes', { conversationMs: 600_000 }, 50],
    ['over ten minutes', { conversationMs: 600_001 }, 60],
    ['ten messages', { messageCount: 10 }, 50],
    ['eleven messages', { messageCount: 11 }, 60],
    ['a cancellation', { cancellation: true }, 65],
  ])('%s', (_, facts, expected) => {
    expect(score(facts)).toBe(expected);
  });
  it('adds up all parts, and each part says what it is for', () => {
    const { score: sum, parts } = priorityScore(
      {
        tier: 'gold',
        lifetimeValue: 9000,
        churnRisk: 'high',
        mood: 'frustrated',
        conversationMs: 3_600_000,
        messageCount: 40,
        cancellation: true,
      },
      WEIGHTS,
    );
    expect(sum).toBe(165);
    expect(new Set(parts.map((part) => part.name)).size).toBe(8);
  });
  it('is the sum of its parts and never below the base', () => {
    const facts = fc.record({
      tier: fc.option(fc.constantFrom('gold', 'silver', 'premium')),
      lifetimeValue: fc.option(fc.double({ min: 0, max: 1e6, noNaN: true })),
      churnRisk: fc.option(fc.constantFrom('low' as const, 'medium' as const, 'high' as const)),
      mood: fc.constantFrom(...MOODS),
      conversationMs: fc.nat(),
      messageCount: fc.nat(200),
      cancellation: fc.boolean(),
    });
    fc.assert(
      fc.property(facts, (given) => {
        const result = priorityScore(given, WEIGHTS);
        return (
          result.score >= 50 && result.score === result.parts.reduce((sum, part) => sum + part.points, 0)
        );
      }),
    );
  });
});

it('is shown up to 100, however much it adds up to', () => {
  expect([50, 100, 165].map(shownScore)).toEqual([50, 100, 100]);
});

describe('priority', () => {
  it.each([
    [85, 1],
    [84, 2],
    [65, 2],
    [64, 3],
    [40, 3],
    [39, 4],
    [0, 4],
    [165, 1],
  ])('a score of %i is P%i', (points, priority) => {
    expect(priorityFor(points, 'low_confidence', false, THRESHOLDS)).toEqual({ priority, rule: null });
  });
  it('is P2 at least for frustration, and P1 for security whatever the score and the reason', () => {
    expect(priorityFor(10, 'frustration', false, THRESHOLDS)).toMatchObject({
      priority: 2,
      rule: { points: 0 },
    });
    expect(priorityFor(85, 'frustration', false, THRESHOLDS)).toEqual({ priority: 1, rule: null });
    for (const reason of REASONS) expect(priorityFor(0, reason, true, THRESHOLDS).priority).toBe(1);
  });
});

describe('another policy', () => {
  const given = fc.record({
    tier: fc.option(fc.constantFrom('gold', 'silver')),
    lifetimeValue: fc.option(fc.nat(10_000)),
    churnRisk: fc.option(fc.constantFrom('low' as const, 'high' as const)),
    mood: fc.constantFrom(...MOODS),
    conversationMs: fc.nat(1_200_000),
    messageCount: fc.nat(20),
    cancellation: fc.boolean(),
  });
  const points = fc.nat(100);
  const weights = fc.record({
    base: points,
    premiumTier: points,
    lifetimeValue: points,
    churnRisk: points,
    negativeMood: points,
    longConversation: points,
    cancellation: points,
    manyMessages: points,
  });
  const thresholds = fc
    .uniqueArray(fc.integer({ min: 1, max: 100 }), { minLength: 3, maxLength: 3 })
    .map((three) => three.sort((a, b) => b - a))
    .map(([one = 3, two = 2, three = 1]) => ({ 1: one, 2: two, 3: three }));

  it('judges from the stored parts as it would have judged from the facts', () => {
    fc.assert(
      fc.property(
        given,
        weights,
        thresholds,
        fc.constantFrom(...REASONS),
        fc.boolean(),
        (facts, weighs, from, reason, security) => {
          const held = priorityScore(facts, WEIGHTS);
          const { rule } = priorityFor(held.score, reason, security, THRESHOLDS);
          const parts = rule === null ? held.parts : [...held.parts, rule];
          const wouldBe = priorityFor(priorityScore(facts, weighs).score, reason, security, from).priority;
          const policy = { version: 2, thresholds: from, weights: weighs };
          expect(priorityBy(policy, { reason, security, parts })).toBe(wouldBe);
        },
      ),
    );
  });
});
