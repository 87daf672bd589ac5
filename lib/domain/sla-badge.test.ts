import { describe, expect, it } from 'vitest';
import { slaBadge } from './sla-badge';
import type { SlaClock } from './sla-ledger';

const clock = (change: Partial<SlaClock>): SlaClock => ({
  metric: 'first_response',
  status: 'running',
  priority: 3,
  startedAt: 0,
  targetMs: 100,
  usedMs: 0,
  atRiskAt: 80,
  dueAt: 100,
  breachedAt: null,
  metAt: null,
  stoppedAt: null,
  turns: null,
  ...change,
});
const running = clock({});
const later = clock({ metric: 'resolution', atRiskAt: 800, dueAt: 1000 });
const met = clock({ status: 'met', metAt: 50, stoppedAt: 50 });
const metLater = clock({ metric: 'resolution', status: 'met', metAt: 60, stoppedAt: 60 });
const paused = clock({
  metric: 'next_response',
  status: 'paused',
  atRiskAt: null,
  dueAt: null,
  stoppedAt: 40,
});
const breached = clock({ status: 'breached', breachedAt: 100 });
const answeredLate = clock({ status: 'breached', breachedAt: 30, dueAt: 30, metAt: 90, stoppedAt: 90 });
const ended = clock({ status: 'ended', stoppedAt: 10 });
const unpromised = clock({ targetMs: null, atRiskAt: null, dueAt: null });

describe('the badge', () => {
  it.each<[string, SlaClock[], number, SlaClock | null]>([
    ['nothing', [], 0, null],
    ['nothing that is shown', [ended, unpromised], 0, null],
    ['a breach before all', [running, paused, met, breached], 150, breached],
    ['the breach that goes on before the one that is over', [answeredLate, breached], 150, breached],
    ['the breach that is over before what runs', [answeredLate, later], 900, answeredLate],
    ['at risk before what runs', [later, running], 80, { ...running, status: 'at_risk' }],
    ['the nearest deadline', [later, running], 10, running],
    ['what runs before what is paused', [paused, later], 10, later],
    ['paused before met', [met, paused], 60, paused],
    ['the latest that was met', [met, metLater, ended], 70, metLater],
    [
      'what time alone has breached',
      [later, running],
      100,
      { ...running, status: 'breached', breachedAt: 100 },
    ],
  ])('shows %s', (_, clocks, now, expected) => {
    expect(slaBadge(clocks, now)).toEqual(expected);
    expect(slaBadge([...clocks].reverse(), now)).toEqual(expected);
  });
});
