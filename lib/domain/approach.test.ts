import { describe, expect, test } from 'vitest';
import { approachesOf, approachText, isNear } from './approach';
import { browsingSignals } from './browsing';
import type { Rule } from './rules';

const rule: Rule = {
  id: 'team-plans',
  name: 'Team plans',
  enabled: true,
  when: [
    { if: 'page', how: 'contains', is: ['/plans'] },
    { if: 'pages', from: 3 },
    { if: 'time', from: 60 },
    { if: 'lifetimeValue', from: 5000 },
  ],
  act: [{ do: 'approach', text: 'Plans for a team?' }],
};
const there = { page: 'https://shop.example/plans', pages: 3, seconds: 60, engagement: 0.24 };

describe('an approach', () => {
  test('tells a browser of pages and times alone, and not what a customer must be worth', () => {
    const [approach] = approachesOf([rule]);
    expect(approach).toEqual({ when: rule.when.slice(0, 3), known: true });
    expect(JSON.stringify(approach)).not.toContain('5000');
  });

  test('is none where the rule is not in use or does something else', () => {
    expect(
      approachesOf([
        { ...rule, enabled: false },
        { ...rule, act: [{ do: 'suggest' }] },
      ]),
    ).toEqual([]);
    expect(approachText(rule)).toBe('Plans for a team?');
    expect(approachText({ act: [{ do: 'suggest' }] })).toBeNull();
  });

  test('is near when all holds, each limit included, and nobody unknown is asked about', () => {
    const [approach] = approachesOf([rule]);
    if (!approach) throw new Error('None');
    expect(isNear(approach, there, true)).toBe(true);
    expect(isNear(approach, there, false)).toBe(false);
    expect(isNear(approach, { ...there, page: null }, true)).toBe(false);
    expect(isNear(approach, { ...there, pages: 2 }, true)).toBe(false);
    expect(isNear(approach, { ...there, seconds: 59.9 }, true)).toBe(false);
    expect(isNear({ when: [{ if: 'engagement', from: 0.25 }], known: false }, there, false)).toBe(false);
  });

  test('keeps each measure against its limit', () => {
    expect(browsingSignals(rule.when, there)).toEqual([
      { name: 'pages', value: 3, threshold: 3, fired: true, evidence: [] },
      { name: 'time', value: 60, threshold: 60, fired: true, evidence: [] },
    ]);
  });
});
