import { describe, expect, it } from 'vitest';
import { REASONS } from '@/lib/domain/handoff';
import type { Signal, SignalName } from '@/lib/domain/signal';
import { alternativesAmong, causeBehind, causeOf, moodOf, PRECEDENCE, reasonFor } from './decide';

const fired = (...names: SignalName[]): Signal[] =>
  names.map((name) => ({ name, value: 1, threshold: 1, fired: true, evidence: [] }));

describe('causeOf', () => {
  it('follows the order of precedence for every pair', () => {
    PRECEDENCE.forEach((higher, place) => {
      for (const lower of PRECEDENCE.slice(place + 1)) {
        const expected = higher === 'low_confidence' && lower === 'out_of_scope' ? 'out_of_scope' : higher;
        expect(causeOf(fired(lower, higher))).toBe(expected);
      }
    });
  });

  it('puts the request first, then what is sensitive, then rules, then how the talk goes', () => {
    expect(PRECEDENCE).toEqual([
      'human_request',
      'legal',
      'medical',
      'financial',
      'security',
      'compliance',
      'regulated_transaction',
      'sensitive_change',
      'refund_over_limit',
      'cancellation',
      'billing_dispute',
      'complaint',
      'policy_exception',
      'enterprise',
      'frustration',
      'loop',
      'refund',
      'multi_question',
      'topic_switches',
      'low_confidence',
      'out_of_scope',
      'long_session',
    ]);
  });

  it('is null where nothing fired', () => {
    expect(causeOf([{ name: 'loop', value: 2, threshold: 3, fired: false, evidence: [] }])).toBeNull();
  });

  it('has a reason of the contract for every cause, and finds the way back', () => {
    for (const cause of PRECEDENCE) {
      expect(REASONS).toContain(reasonFor(cause));
      expect(causeBehind(reasonFor(cause), fired(cause))).toBe(cause);
    }
    expect(causeBehind('agent_takeover', [])).toBeNull();
  });
});

describe('moodOf', () => {
  const frustration = (value: number): Signal[] => [
    { name: 'frustration', value, threshold: 0.7, fired: value >= 0.7, evidence: [] },
  ];

  it.each([
    [0, 'calm'],
    [0.34, 'calm'],
    [0.35, 'uneasy'],
    [0.69, 'uneasy'],
    [0.7, 'frustrated'],
  ])('%d is %s', (value, mood) => expect(moodOf(frustration(value), { frustration: 0.7 })).toBe(mood));

  it('is at least uneasy with a complaint', () => {
    expect(moodOf([...frustration(0), ...fired('complaint')], { frustration: 0.7 })).toBe('uneasy');
  });
});

describe('alternativesAmong', () => {
  it('keeps what comes close to the best, three at most', () => {
    const scored = [0.6, 0.55, 0.5, 0.46, 0.2].map((score, place) => ({
      id: `a${place}`,
      title: `A${place}`,
      score,
    }));
    expect(alternativesAmong(scored).map(({ id }) => id)).toEqual(['a0', 'a1', 'a2']);
    expect(alternativesAmong([{ id: 'a', title: 'A', score: 0.1 }])).toEqual([]);
  });
});
