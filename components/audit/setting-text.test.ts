import { describe, expect, it } from 'vitest';
import { DEFAULT_BOT_THRESHOLDS } from '@/lib/domain/bot-settings';
import { DEFAULT_PRIORITY_POLICY } from '@/lib/domain/priority-policy';
import { DEFAULT_QUEUE_SETTINGS } from '@/lib/domain/queue-settings';
import { STARTER_RULES } from '@/lib/domain/rules';
import { DEFAULT_SLA_POLICY } from '@/lib/domain/sla-policy';
import {
  articleChangeText,
  hoursChangeText,
  policyChangeText,
  priorityChangeText,
  queueChangeText,
  rulesChangeText,
  thresholdsChangeText,
} from './setting-text';

const { targets } = DEFAULT_SLA_POLICY;
const shift = { from: '09:00', to: '17:00' };

describe('a change of the settings in words', () => {
  it('names the targets that are other than before, and the clock', () => {
    const after = {
      version: 2,
      clock: 'always' as const,
      targets: { ...targets, 2: { ...targets[2], firstResponseMs: 240_000, resolutionMs: null } },
    };
    expect(policyChangeText({ before: DEFAULT_SLA_POLICY, after })).toBe(
      "P2 first response 5 min → 4 min · P2 resolution 4 h → — · clock team's hours → around the clock",
    );
  });
  it('names what of the bot is other than before, and what of an article', () => {
    const before = DEFAULT_BOT_THRESHOLDS;
    expect(thresholdsChangeText({ before, after: { ...before, version: 2, confidence: 0.5, loop: 4 } })).toBe(
      'confidence 0.4 → 0.5 · same question 3 → 4',
    );
    expect(articleChangeText({ articleId: 'returns', version: 3, changed: ['body', 'examples'] })).toBe(
      'returns, version 3: body, examples',
    );
  });
  it('names the rules that came, went and changed', () => {
    const [first, second, third] = STARTER_RULES;
    if (!first || !second || !third) throw new Error('There are starter rules');
    const before = { version: 1, rules: [first, second] };
    expect(
      rulesChangeText({ before, after: { version: 2, rules: [{ ...first, enabled: false }, third] } }),
    ).toBe(`added ${third.name} · removed ${second.name} · changed ${first.name}`);
    expect(rulesChangeText({ before, after: { version: 2, rules: [second, first] } })).toBe('another order');
  });
  it('names the thresholds and the points that are other than before', () => {
    const { thresholds, weights } = DEFAULT_PRIORITY_POLICY;
    const after = {
      version: 2,
      thresholds: { ...thresholds, 1: 80 },
      weights: { ...weights, churnRisk: 30, manyMessages: 0 },
    };
    expect(priorityChangeText({ before: DEFAULT_PRIORITY_POLICY, after })).toBe(
      'P1 from 85 → 80 · churn risk 25 → 30 · over 10 messages 10 → 0',
    );
  });
  it('names what is other in the queue', () => {
    const after = {
      ...DEFAULT_QUEUE_SETTINGS,
      version: 2,
      discipline: 'strict' as const,
      agedShare: 0.15,
      overflowSlots: 0,
      waitingFreesSlot: true,
      graceMs: 90_000,
      awayAfterMs: null,
    };
    expect(queueChangeText({ before: DEFAULT_QUEUE_SETTINGS, after })).toBe(
      'order in time where possible → strict priority · turns of the breached 10 % → 15 % · P1 above capacity one in each team → none · waiting for the customer takes a slot → frees the slot · grace 1 min → 90 s · away after 10 min → —',
    );
  });
  it('tells a week by its runs of like days', () => {
    const week = [0, 1, 2, 3, 4, 5, 6].map((day) =>
      day < 5
        ? [shift]
        : day === 5
          ? [
              { from: '10:00', to: '12:00' },
              { from: '22:00', to: '06:00' },
            ]
          : [],
    );
    const holidays = [{ date: '2026-12-25', name: 'Christmas Day' }];
    const after = { calendar: { timeZone: 'Europe/Stockholm', week, holidays } };
    expect(hoursChangeText({ teamName: 'Returns', before: { calendar: null }, after })).toBe(
      'Returns: around the clock → Mon–Fri 09:00–17:00, Sat 10:00–12:00 and 22:00–06:00, Europe/Stockholm, closed on 2026-12-25 Christmas Day',
    );
  });
  it('says of a week without hours that it is never open', () => {
    const before = { calendar: { timeZone: 'UTC', week: DAYS_OFF, holidays: [] } };
    expect(hoursChangeText({ teamName: 'Orders', before, after: { calendar: null } })).toBe(
      'Orders: never open, UTC → around the clock',
    );
  });
});

const DAYS_OFF = Array.from({ length: 7 }, () => []);
