import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DISCIPLINES, nextBelowUrgent, nextInLine, type PullMoment, serviceOrder } from './order-of-service';
import type { WaitingHandoff } from './waiting-handoff';
import { WaitingLine } from './waiting-line';

const NOW = 1_000_000;
const handoff = (lowest: 1 | 2) =>
  fc
    .record({
      priority: lowest === 1 ? fc.constantFrom(1, 2, 3, 4) : fc.constantFrom(2, 3, 4),
      waited: fc.integer({ min: 0, max: 400 }),
      targetMs: fc.constantFrom(20, 50, 150, 300),
      hasTarget: fc.integer({ min: 0, max: 15 }),
    })
    .map(({ priority, waited, targetMs, hasTarget }) => ({
      priority: priority as WaitingHandoff['priority'],
      queuedAt: NOW - waited,
      dueAt: hasTarget === 0 ? null : NOW - waited + targetMs,
      targetMs,
    }));
const moment = fc.record({
  pulls: fc.nat(40),
  releaseRate: fc.constantFrom(null, 0, 0.02, 0.2, 1, 5),
  urgentRate: fc.constantFrom(0, 0.01, 0.5),
  settings: fc.record({
    discipline: fc.constantFrom('rescue' as const, ...DISCIPLINES),
    agedShare: fc.constantFrom(0, 0.1, 0.5, 1),
    overflowSlots: fc.constant(1),
  }),
});

describe('a line of waiting handoffs', () => {
  it.each([1, 2] as const)(
    'answers as the rule does, from P%i down, while handoffs come, change and go',
    (from) => {
      fc.assert(
        fc.property(
          fc.array(handoff(from), { maxLength: 120 }),
          moment,
          fc.infiniteStream(fc.nat(5)),
          (all, given, moves) => {
            const line = new WaitingLine();
            const waiting = new Map<string, WaitingHandoff>();
            const put = (each: WaitingHandoff) => {
              line.put(each);
              waiting.set(each.id, each);
            };
            for (const [index, each] of all.entries()) put({ ...each, id: `h${index}` });
            for (let now = NOW; waiting.size > 0; now += 7) {
              const at: PullMoment = { ...given, now };
              const expected = nextInLine([...waiting.values()], at);
              expect(line.next(at)).toEqual(expected);
              expect(line.nextBelowUrgent(at)).toEqual(nextBelowUrgent([...waiting.values()], at));
              expect(line.order(at, 7)).toEqual(serviceOrder([...waiting.values()], at).slice(0, 7));
              if (!expected) return;
              const other = [...waiting.values()].at(moves.next().value ?? 0);
              if (other && moves.next().value === 0)
                put({ ...other, priority: 3, targetMs: 150, dueAt: other.queuedAt + 150 });
              else if (other && moves.next().value === 1) {
                line.remove(other.id);
                waiting.delete(other.id);
              }
              line.remove(expected.id);
              waiting.delete(expected.id);
            }
            expect(line.size).toBe(0);
          },
        ),
        { numRuns: 300 },
      );
    },
  );
  it('answers as the rule does when crowds are due together', () => {
    const crowd = fc.record({
      priority: fc.constantFrom(2 as const, 3 as const, 4 as const),
      dueIn: fc.integer({ min: -5, max: 120 }),
      size: fc.integer({ min: 1, max: 9 }),
    });
    const releaseRate = fc.double({ min: 0.05, max: 1.2, noNaN: true });
    fc.assert(
      fc.property(fc.array(crowd, { minLength: 1, maxLength: 9 }), releaseRate, (crowds, rate) => {
        const waiting = crowds.flatMap(({ priority, dueIn, size }, index) =>
          Array.from(
            { length: size },
            (_, each): WaitingHandoff => ({
              id: `h${index}-${each}`,
              priority,
              queuedAt: NOW,
              dueAt: NOW + dueIn,
              targetMs: 100,
            }),
          ),
        );
        const line = new WaitingLine();
        for (const each of waiting) line.put(each);
        const settings = { discipline: 'rescue', agedShare: 0, overflowSlots: 1 } as const;
        const at = { now: NOW, pulls: 0, releaseRate: rate, urgentRate: 0, settings };
        expect(line.next(at)).toEqual(nextInLine(waiting, at));
      }),
      { numRuns: 4000 },
    );
  });
  it('answers as the rule does when thousands wait', () => {
    const dense = fc.array(handoff(2), { minLength: 1500, maxLength: 2500 });
    fc.assert(
      fc.property(dense, moment, (all, given) => {
        const line = new WaitingLine();
        const waiting = all.map((each, index) => ({ ...each, id: `h${index}` }));
        for (const each of waiting) line.put(each);
        for (const step of [0, 3, 60]) {
          const at: PullMoment = { ...given, now: NOW + step };
          expect(line.next(at)).toEqual(nextInLine(waiting, at));
        }
      }),
      { numRuns: 40 },
    );
  });
});
