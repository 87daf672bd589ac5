import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Priority } from './handoff';
import { advanceSla, type SlaFacts, type SlaRules } from './sla';
import { slaBadge } from './sla-badge';
import { type SlaFlag, slaFlag } from './sla-flag';
import { readSla, type SlaClock, type SlaLedger } from './sla-ledger';
import { DEFAULT_SLA_POLICY } from './sla-policy';

const M = 60_000;
const RULES: SlaRules = { policy: DEFAULT_SLA_POLICY, calendar: null, calendarVersion: null };
const WAITING: SlaFacts = {
  queuedAt: 0,
  priority: 2,
  firstReplyAt: null,
  awaitingSince: null,
  answered: null,
  endedAt: null,
  outcome: null,
};

/** The ledger after these looks, each with the facts as they are from then on. */
function ledgerAfter(...looks: [at: number, facts: Partial<SlaFacts>][]): SlaLedger {
  let facts = WAITING;
  return looks.reduce<SlaLedger>((ledger, [at, change]) => {
    facts = { ...facts, ...change };
    return advanceSla(ledger, facts, RULES, at).ledger;
  }, []);
}

describe('the flag of a handoff', () => {
  it.each<[string, SlaLedger, SlaFlag | null, number?]>([
    ['nothing, before any mark', ledgerAfter([0, {}]), null],
    ['at risk, from the mark on', ledgerAfter([0, {}], [4 * M, {}]), 'at_risk', 5 * M],
    ['overdue, while nobody has answered', ledgerAfter([0, {}], [4 * M, {}], [5 * M, {}]), 'overdue', 5 * M],
    [
      'late, once it was answered after all',
      ledgerAfter([5 * M, {}], [6 * M, { firstReplyAt: 6 * M }]),
      'late',
      5 * M,
    ],
    ['nothing, answered in time', ledgerAfter([4 * M, {}], [5 * M, { firstReplyAt: 4.5 * M }]), null],
    [
      'nothing, with more time than it was warned of',
      ledgerAfter([4 * M, {}], [4.5 * M, { priority: 3 }]),
      null,
    ],
    [
      'what is overdue before what was late',
      ledgerAfter([6 * M, { firstReplyAt: 6 * M }], [20 * M, { awaitingSince: 10 * M }]),
      'overdue',
      15 * M,
    ],
    [
      'nothing of a turn that is over',
      ledgerAfter(
        [M, { firstReplyAt: M }],
        [20 * M, { awaitingSince: 10 * M }],
        [21 * M, { awaitingSince: null, answered: { since: 10 * M, at: 21 * M } }],
      ),
      null,
    ],
  ])('is %s', (_, ledger, flag, dueAt) => {
    expect(slaFlag(ledger)).toEqual(flag === null ? null : { flag, dueAt });
  });

  it('says what the badge shows, whatever happened, as of the last look', () => {
    const happening = fc.record({
      wait: fc.integer({ min: 1, max: 90 * M }),
      kind: fc.constantFrom('look', 'customer', 'agent', 'priority'),
      priority: fc.constantFrom<Priority>(1, 2, 3, 4),
    });
    fc.assert(
      fc.property(fc.array(happening, { maxLength: 12 }), (happenings) => {
        let facts = WAITING;
        let ledger: SlaLedger = [];
        let now = 0;
        for (const { wait, kind, priority } of happenings) {
          now += wait;
          // As the timer does: what came due in between, then what changed.
          ledger = advanceSla(ledger, facts, RULES, now).ledger;
          facts = { ...facts, ...changed(facts, kind, priority, now) };
          ledger = advanceSla(ledger, facts, RULES, now).ledger;
          const badge = slaBadge(readSla(ledger, null, now), now);
          expect(slaFlag(ledger)?.flag ?? null).toBe(flagShown(badge));
          if (badge && slaFlag(ledger)) expect(slaFlag(ledger)?.dueAt).toBe(badge.dueAt);
        }
      }),
    );
  });
});

function changed(facts: SlaFacts, kind: string, priority: Priority, now: number): Partial<SlaFacts> {
  if (kind === 'priority') return { priority };
  if (kind === 'customer') return { awaitingSince: facts.awaitingSince ?? now };
  if (kind !== 'agent') return {};
  const answered = facts.awaitingSince === null ? facts.answered : { since: facts.awaitingSince, at: now };
  return { firstReplyAt: facts.firstReplyAt ?? now, awaitingSince: null, answered };
}

function flagShown(badge: SlaClock | null): SlaFlag | null {
  if (badge?.status === 'breached') return badge.stoppedAt === null ? 'overdue' : 'late';
  return badge?.status === 'at_risk' ? 'at_risk' : null;
}
