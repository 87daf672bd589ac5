import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Priority } from './handoff';
import {
  DEFAULT_ORDER,
  nextBelowUrgent,
  nextInLine,
  type PullMoment,
  serviceOrder,
  slotFor,
} from './order-of-service';
import { planRescue } from './rescue-plan';
import { byDeadline, LOWER_PRIORITIES, type WaitingHandoff } from './waiting-handoff';

const MINUTE = 60_000;
const NOW = 1_700_000_000_000;
const TARGETS: Record<Priority, number> = { 1: 2 * MINUTE, 2: 5 * MINUTE, 3: 15 * MINUTE, 4: 60 * MINUTE };
/** Two slots a minute come free, of which the plan counts on 1.8. */
const MOMENT: PullMoment = {
  now: NOW,
  pulls: 0,
  releaseRate: 2 / MINUTE,
  urgentRate: 0,
  settings: DEFAULT_ORDER,
};

function waiting(id: string, priority: Priority, waitedMinutes: number): WaitingHandoff {
  const queuedAt = NOW - waitedMinutes * MINUTE;
  return { id, priority, queuedAt, dueAt: queuedAt + TARGETS[priority], targetMs: TARGETS[priority] };
}

describe('who is next', () => {
  it('is nobody when nobody waits', () => {
    expect(nextInLine([], MOMENT)).toBeNull();
  });
  it('is a P1 whatever else waits and however late it is itself', () => {
    const line = [waiting('old', 2, 200), waiting('urgent', 1, 0), waiting('late', 1, 10)];
    expect(nextInLine(line, MOMENT)).toEqual({ id: 'late', why: 'urgent', breachesInMs: -8 * MINUTE });
    expect(nextInLine([...line].reverse(), { ...MOMENT, pulls: 9 })?.id).toBe('late');
  });
  it('is the highest priority while the others have time', () => {
    const line = [waiting('low', 4, 10), waiting('normal', 3, 5), waiting('high', 2, 0)];
    expect(nextInLine(line, MOMENT)).toEqual({ id: 'high', why: 'in_order', breachesInMs: 5 * MINUTE });
  });
  it('is a lower one that would else breach, while the higher one has time', () => {
    const line = [waiting('low', 4, 59), waiting('normal', 3, 5), waiting('high', 2, 0)];
    expect(nextInLine(line, MOMENT)).toEqual({ id: 'low', why: 'rescue', breachesInMs: MINUTE });
  });
  it('is the higher one when only one of both can be saved', () => {
    const line = [waiting('low', 4, 59.9), waiting('high', 2, 4.9)];
    expect(nextInLine(line, MOMENT)?.id).toBe('high');
  });
  it('passes over the breached for those that can be saved, but every tenth pull', () => {
    const line = [waiting('low', 4, 130), waiting('late', 3, 40), waiting('live', 3, 1)];
    expect(nextInLine(line, MOMENT)).toEqual({ id: 'live', why: 'rescue', breachesInMs: 14 * MINUTE });
    expect(nextInLine(line, { ...MOMENT, pulls: 9 })).toEqual({
      id: 'late',
      why: 'aged',
      waitedTargets: expect.closeTo(40 / 15, 9),
    });
    const turns = Array.from({ length: 1000 }, (_, pulls) => nextInLine(line, { ...MOMENT, pulls })?.why);
    expect(turns.filter((why) => why === 'aged').length).toBe(100);
  });
  it('is every second pull the one who has waited for fifteen targets, unless the share is none', () => {
    const line = [waiting('far', 3, 225), waiting('live', 3, 1)];
    const turns = (agedShare: number) =>
      Array.from({ length: 100 }, (_, pulls) => {
        const settings = { ...DEFAULT_ORDER, agedShare };
        return nextInLine(line, { ...MOMENT, pulls, settings })?.why;
      }).filter((why) => why === 'aged').length;
    expect(turns(0.1)).toBe(50);
    expect(turns(0.8)).toBe(80);
    expect(turns(0)).toBe(0);
  });
  it('is the longest breached, by its own target, when nobody can be saved', () => {
    const line = [waiting('low', 4, 130), waiting('late', 3, 30), waiting('later', 2, 10.5)];
    expect(nextInLine(line, MOMENT)).toEqual({
      id: 'low',
      why: 'breached',
      waitedTargets: expect.closeTo(130 / 60, 9),
    });
  });
  it('still counts as in time at the very deadline', () => {
    const line = [waiting('due', 3, 15), waiting('late', 2, 30)];
    expect(nextInLine(line, MOMENT)).toEqual({ id: 'due', why: 'rescue', breachesInMs: 0 });
  });
  it('comes after all with a deadline, in its own priority, when it has none', () => {
    const line = [{ ...waiting('none', 3, 500), dueAt: null }, waiting('due', 3, 1)];
    expect(nextInLine(line, MOMENT)?.id).toBe('due');
    expect(nextInLine(line.slice(0, 1), MOMENT)).toEqual({ id: 'none', why: 'in_order', breachesInMs: null });
  });
  it.each<[string, Partial<PullMoment>]>([
    ['the settings say so', { settings: { ...DEFAULT_ORDER, discipline: 'strict' } }],
    ['the release rate is unknown', { releaseRate: null }],
  ])('is strict when %s', (_, change) => {
    const line = [waiting('low', 4, 59), waiting('late', 3, 40), waiting('normal', 3, 5)];
    for (let pulls = 0; pulls < 20; pulls++) {
      const next = nextInLine(line, { ...MOMENT, ...change, pulls });
      expect(next).toEqual({ id: 'late', why: 'in_order', breachesInMs: -25 * MINUTE });
    }
  });
  it('keeps to the higher priority when P1s take every slot', () => {
    const line = [waiting('low', 4, 59), waiting('high', 2, 1)];
    expect(nextInLine(line, { ...MOMENT, urgentRate: 3 / MINUTE })?.id).toBe('high');
  });
});

const lower = fc.record({
  priority: fc.constantFrom(2 as const, 3 as const, 4 as const),
  dueIn: fc.integer({ min: -3, max: 9 }),
});
const someLower = fc.array(lower, { maxLength: 9 }).map((all) =>
  all.map(
    ({ priority, dueIn }, index): WaitingHandoff => ({
      id: `h${index}`,
      priority,
      queuedAt: 0,
      dueAt: 100 + dueIn,
      targetMs: 10,
    }),
  ),
);

describe('the plan', () => {
  it('saves as many of each priority, highest first, as any choice could', () => {
    fc.assert(
      fc.property(someLower, fc.constantFrom(0.4, 1, 2), (all, rate) => {
        const live = all.filter(({ dueAt }) => (dueAt ?? 0) >= 100).sort(byDeadline);
        const { kept } = planRescue(live, 100, rate);
        const saved = LOWER_PRIORITIES.map((priority) => kept[priority].length);
        let best = [0, 0, 0];
        for (let choice = 0; choice < 2 ** live.length; choice++) {
          const chosen = live.filter((_, index) => choice & (1 << index));
          if (chosen.some(({ dueAt }, index) => ((dueAt ?? 0) - 100) * rate < index)) continue;
          const counts = LOWER_PRIORITIES.map(
            (each) => chosen.filter(({ priority }) => priority === each).length,
          );
          const better = counts.findIndex((count, index) => count !== best[index]);
          if (better >= 0 && (counts[better] ?? 0) > (best[better] ?? 0)) best = counts;
        }
        expect(saved).toEqual(best);
      }),
      { numRuns: 300 },
    );
  });
  it('leaves nobody to breach whom the pull could save without giving up another', () => {
    fc.assert(
      fc.property(someLower, (all) => {
        const moment = {
          ...MOMENT,
          now: 100,
          releaseRate: 1 / 0.9,
          settings: { ...DEFAULT_ORDER, agedShare: 0 },
        };
        const live = all.filter(({ dueAt }) => (dueAt ?? 0) >= 100).sort(byDeadline);
        const count = (line: WaitingHandoff[], now: number) => {
          const { kept } = planRescue(line, now, 1);
          return LOWER_PRIORITIES.flatMap((priority) => kept[priority]).length;
        };
        const next = nextBelowUrgent(live, moment);
        const rest = live.filter(({ id }) => id !== next?.id);
        expect(
          count(
            rest.filter(({ dueAt }) => (dueAt ?? 0) >= 101),
            101,
          ) + (next ? 1 : 0),
        ).toBe(count(live, 100));
      }),
      { numRuns: 500 },
    );
  });
});

describe('the list that agents see', () => {
  const line = [
    waiting('low', 4, 59),
    waiting('normal', 3, 5),
    waiting('urgent', 1, 1),
    waiting('older', 3, 9),
    waiting('high', 2, 0),
  ];
  it('has P1 on top, then who was moved up and why, then priority and age', () => {
    const places = serviceOrder(line, MOMENT);
    expect(places.map(({ id }) => id)).toEqual(['urgent', 'low', 'high', 'older', 'normal']);
    expect(places.map(({ movedUp }) => movedUp?.why ?? null)).toEqual([null, 'rescue', null, null, null]);
  });
  it('marks nobody who would have been next anyway', () => {
    const places = serviceOrder(line, { ...MOMENT, releaseRate: null });
    expect(places.map(({ id }) => id)).toEqual(['urgent', 'high', 'older', 'normal', 'low']);
    expect(places.every(({ movedUp }) => movedUp === null)).toBe(true);
  });
});

describe('a slot above capacity', () => {
  const settings = DEFAULT_ORDER;
  it.each<[Priority, number, number, number, ReturnType<typeof slotFor>]>([
    [3, 2, 3, 0, 'free'],
    [1, 2, 3, 1, 'free'],
    [1, 3, 3, 0, 'overflow'],
    [1, 3, 3, 1, null],
    [2, 3, 3, 0, null],
    [1, 4, 3, 0, null],
    [1, 0, 0, 0, null],
  ])('P%i, %i of %i taken, %i above already: %s', (priority, load, capacity, overflowing, slot) => {
    expect(slotFor(priority, { load, capacity }, { overflowing, settings })).toBe(slot);
  });
  it('is not there when the team has none', () => {
    const none = { overflowing: 0, settings: { ...settings, overflowSlots: 0 } };
    expect(slotFor(1, { load: 3, capacity: 3 }, none)).toBeNull();
  });
});
