import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applyRules, type Rule, type RuleCondition, type RuleFacts, STARTER_RULES } from './rules';

const FACTS: RuleFacts = {
  text: 'I’d like to speak with the Manager, please!',
  page: 'https://shop.example/plans/enterprise',
  intents: new Set(['refund']),
  open: true,
  frustration: 0.5,
  polarity: -0.2,
  confidence: 0.4,
  language: 'de-CH',
  pages: 2,
  seconds: 90,
  engagement: 0.8,
  tier: 'Gold',
  lifetimeValue: 5000,
  churnRisk: 'high',
  attributes: { plan: 'Team' },
};
const rule = (part: Partial<Rule>): Rule => ({
  id: 'a',
  name: 'A',
  enabled: true,
  when: [{ if: 'hours', are: 'open' }],
  act: [{ do: 'offer' }],
  ...part,
});
const holds = (condition: RuleCondition, facts: Partial<RuleFacts> = {}) =>
  applyRules([rule({ when: [condition] })], { ...FACTS, ...facts }).matched.length === 1;

describe('a condition', () => {
  it.each<[RuleCondition, Partial<RuleFacts>, boolean]>([
    [{ if: 'text', has: ['nobody', 'the MANAGER'] }, {}, true],
    [{ if: 'text', has: ["I'd like"] }, {}, true],
    [{ if: 'text', has: ['manage'] }, {}, false],
    [{ if: 'text', has: ['manage*'] }, {}, true],
    [{ if: 'text', has: ['cancel'] }, { text: 'Câncel it' }, true],
    [{ if: 'text', has: ['*', ' '] }, {}, false],
    [{ if: 'intent', is: ['legal', 'refund'] }, {}, true],
    [{ if: 'intent', is: ['legal'] }, {}, false],
    [{ if: 'hours', are: 'closed' }, {}, false],
    [{ if: 'hours', are: 'closed' }, { open: false }, true],
    [{ if: 'frustration', from: 0.5 }, {}, true],
    [{ if: 'frustration', from: 0.51 }, {}, false],
    [{ if: 'polarity', below: -0.2 }, {}, false],
    [{ if: 'polarity', below: -0.1 }, {}, true],
    [{ if: 'confidence', below: 0.4 }, {}, false],
    [{ if: 'confidence', below: 0.41 }, {}, true],
    [{ if: 'confidence', below: 1 }, { confidence: null }, false],
    [{ if: 'language', is: ['de'] }, {}, true],
    [{ if: 'language', is: ['d', 'en'] }, {}, false],
    [{ if: 'language', is: ['en'] }, { language: null }, false],
    [{ if: 'tier', is: ['gold'] }, {}, true],
    [{ if: 'tier', is: ['gold'] }, { tier: null }, false],
    [{ if: 'page', how: 'contains', is: ['/enterprise'] }, {}, true],
    [{ if: 'page', how: 'contains', is: ['/enterprise'] }, { page: null }, false],
    [{ if: 'page', how: 'starts', is: ['/cart', '/plans'] }, {}, true],
    [{ if: 'page', how: 'matches', is: ['/plans'] }, {}, false],
    [{ if: 'channel', is: ['site'] }, {}, true],
    [{ if: 'channel', is: ['site'] }, { page: null }, false],
    [{ if: 'channel', is: ['link'] }, { page: null }, true],
    [{ if: 'engagement', from: 0.8 }, {}, true],
    [{ if: 'engagement', from: 0.81 }, {}, false],
    [{ if: 'lifetimeValue', from: 5000 }, {}, true],
    [{ if: 'lifetimeValue', from: 5000.01 }, {}, false],
    [{ if: 'lifetimeValue', from: 0 }, { lifetimeValue: null }, false],
    [{ if: 'churnRisk', is: ['medium', 'high'] }, {}, true],
    [{ if: 'churnRisk', is: ['low'] }, {}, false],
    [{ if: 'churnRisk', is: ['low'] }, { churnRisk: null }, false],
    [{ if: 'attribute', name: 'plan', is: ['team'] }, {}, true],
    [{ if: 'attribute', name: 'toString', is: ['team'] }, {}, false],
  ])('%j with %j: %s', (condition, facts, expected) => {
    expect(holds(condition, facts)).toBe(expected);
  });
});

describe('rules', () => {
  it('decide in their order: the first to speak of a thing wins, one that is off says nothing', () => {
    const outcome = applyRules(
      [
        rule({ id: 'off', enabled: false, act: [{ do: 'escalate' }] }),
        rule({
          id: 'no',
          when: [
            { if: 'hours', are: 'open' },
            { if: 'tier', is: ['silver'] },
          ],
        }),
        rule({ id: 'one', act: [{ do: 'priority', priority: 2 }] }),
        rule({
          id: 'two',
          act: [{ do: 'escalate' }, { do: 'priority', priority: 1 }, { do: 'team', team: 'Orders' }],
        }),
        rule({ id: 'three', act: [{ do: 'offer' }, { do: 'team', team: 'Returns' }] }),
      ],
      FACTS,
    );
    expect(outcome.matched.map(({ id }) => id)).toEqual(['one', 'two', 'three']);
    expect(outcome).toMatchObject({ offer: 'instead', team: 'Orders', priority: 2 });
    expect(applyRules([], FACTS)).toEqual({
      matched: [],
      offer: null,
      team: null,
      priority: null,
      path: null,
      labels: [],
      suggestedBy: [],
    });
  });

  it('narrow an offer to a path, beside an answer only where they say so, and gather their labels', () => {
    const first = rule({
      act: [
        { do: 'path', path: 'callback' },
        { do: 'label', label: 'VIP' },
      ],
    });
    const second = rule({
      id: 'b',
      act: [{ do: 'path', path: 'form' }, { do: 'offer' }, { do: 'label', label: 'VIP' }],
    });
    expect(applyRules([first, second], FACTS)).toMatchObject({
      offer: 'instead',
      path: 'callback',
      labels: ['VIP'],
    });
    expect(applyRules([second, first], FACTS)).toMatchObject({ offer: 'beside', path: 'form' });
  });

  it('to begin with hold for what their names say', () => {
    const matched = (facts: Partial<RuleFacts>) =>
      applyRules(STARTER_RULES, { ...FACTS, text: '', page: null, intents: new Set(), ...facts }).matched.map(
        ({ id }) => id,
      );
    expect(matched({ text: 'Get me your manager' })).toEqual(['manager']);
    expect(matched({ intents: new Set(['legal', 'complaint']) })).toEqual(['legal', 'complaint']);
    expect(matched({ page: 'https://shop.example/enterprise' })).toEqual(['enterprise-page']);
    expect(matched({ open: false })).toEqual(['closed']);
    expect(matched({ open: false, confidence: 0.9 })).toEqual([]);
  });

  it('are moved by no text that does not say the words', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        fc.pre(!/manager/i.test(text.normalize('NFKD').replace(/[\p{M}’']/gu, '')));
        expect(holds({ if: 'text', has: ['manager'] }, { text })).toBe(false);
      }),
    );
  });
});
