import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Calendar } from './business-hours';
import type { Priority } from './handoff';
import { advanceSla, type SlaFacts, type SlaMark, type SlaRules } from './sla';
import { readSla, type SlaClock, type SlaLedger } from './sla-ledger';
import { DEFAULT_SLA_POLICY, type SlaMetric, slaTarget } from './sla-policy';

const S = 1000;
const M = 60 * S;
const H = 60 * M;
/** A Friday. */
const T = Date.parse('2025-06-06T14:00:00Z');

const OFFICE: Calendar = {
  timeZone: 'UTC',
  week: [0, 1, 2, 3, 4, 5, 6].map((day) => (day < 5 ? [{ from: '09:00', to: '17:00' }] : [])),
  holidays: [],
};
const ALWAYS: SlaRules = { policy: DEFAULT_SLA_POLICY, calendar: null, calendarVersion: null };
const HOURS: SlaRules = { policy: DEFAULT_SLA_POLICY, calendar: OFFICE, calendarVersion: 'office 1' };
const QUEUED: SlaFacts = {
  queuedAt: T,
  priority: 3,
  firstReplyAt: null,
  awaitingSince: T,
  answered: null,
  endedAt: null,
  outcome: null,
};
const replied = (at: number): Partial<SlaFacts> => ({
  firstReplyAt: at,
  awaitingSince: null,
  answered: { since: T, at },
});

/** A handoff that is looked at again and again: changes its facts, advances, keeps what was marked. */
function handoff(rules = ALWAYS, first: Partial<SlaFacts> = {}) {
  let ledger: SlaLedger = [];
  let facts = { ...QUEUED, ...first };
  let held = rules;
  const marks: SlaMark[] = [];
  const look = (now: number, change: Partial<SlaFacts> = {}, newRules = held) => {
    facts = { ...facts, ...change };
    held = newRules;
    const advance = advanceSla(ledger, facts, held, now);
    ledger = advance.ledger;
    marks.push(...advance.marks);
    return advance;
  };
  const clock = (metric: SlaMetric, now: number): SlaClock => {
    const found = readSla(ledger, held.calendar, now).find((each) => each.metric === metric);
    if (found === undefined) throw new Error(`${metric} has not started`);
    return found;
  };
  const told = () => marks.map(({ metric, kind, at }) => [metric, kind, at - T]);
  return { look, clock, told, marks, ledger: () => ledger };
}

describe('first response', () => {
  it.each<[Priority, number]>([
    [1, 2 * M],
    [2, 5 * M],
    [3, 15 * M],
    [4, 60 * M],
  ])('of P%i is due after %i ms, at risk from 80 % on', (priority, target) => {
    const { look, clock } = handoff(ALWAYS, { priority });
    expect(look(T).nextDueAt).toBe(T + 0.8 * target);
    const status = (share: number) => clock('first_response', T + share * target).status;
    expect([0, 0.79, 0.8, 0.99, 1, 3].map(status)).toEqual([
      'running',
      'running',
      'at_risk',
      'at_risk',
      'breached',
      'breached',
    ]);
    expect(clock('first_response', T + M)).toMatchObject({ targetMs: target, usedMs: M, dueAt: T + target });
  });
  it('marks at risk and breach once, each on its instant, and then has nothing to wait for', () => {
    const { look, told } = handoff();
    look(T);
    expect(look(T + 12 * M - 1)).toMatchObject({ marks: [], nextDueAt: T + 12 * M });
    expect(look(T + 12 * M)).toMatchObject({ marks: [{ kind: 'at_risk' }], nextDueAt: T + 15 * M });
    expect(look(T + 12 * M).marks).toEqual([]);
    expect(look(T + 15 * M).marks).toEqual([
      {
        metric: 'first_response',
        kind: 'breach',
        at: T + 15 * M,
        startedAt: T,
        priority: 3,
        targetMs: 15 * M,
        dueAt: T + 15 * M,
      },
    ]);
    expect(look(T + 16 * M).nextDueAt).toBe(T + 0.8 * 24 * H);
    expect(told()).toHaveLength(2);
  });
  it('is met before its deadline, however late anyone looks', () => {
    const { look, clock, told, marks } = handoff();
    look(T);
    look(T + 5 * H, replied(T + 14 * M));
    expect(told()).toEqual([
      ['first_response', 'at_risk', 12 * M],
      ['first_response', 'met', 14 * M],
    ]);
    expect(marks[1]).toMatchObject({ inTime: true, usedMs: 14 * M });
    expect(clock('first_response', T + 6 * H)).toMatchObject({
      status: 'met',
      metAt: T + 14 * M,
      usedMs: 14 * M,
      breachedAt: null,
    });
  });
  it('is late from the deadline itself on, and says by how much', () => {
    const early = handoff();
    early.look(T + H, replied(T + 15 * M - 1));
    expect(early.clock('first_response', T + H).status).toBe('met');
    const late = handoff();
    late.look(T + H, replied(T + 15 * M));
    expect(late.clock('first_response', T + H).status).toBe('breached');
    const later = handoff();
    later.look(T + 15 * M);
    later.look(T + 21 * M + 3 * S, replied(T + 21 * M + 3 * S));
    expect(later.clock('first_response', T + H)).toMatchObject({
      status: 'breached',
      breachedAt: T + 15 * M,
      metAt: T + 21 * M + 3 * S,
      usedMs: 21 * M + 3 * S,
    });
    expect(later.marks.at(-1)).toMatchObject({ kind: 'met', inTime: false });
  });
  it('has no clock before Pending Handoff, and none is asked for', () => {
    const { look, ledger } = handoff(ALWAYS, { queuedAt: null });
    const empty = ledger();
    expect(look(T + H)).toEqual({ ledger: [], marks: [], nextDueAt: null });
    expect(ledger()).toBe(empty);
  });
  it('ends without a verdict when nobody answered before the end', () => {
    const { look, clock, told } = handoff();
    look(T + 3 * M, { endedAt: T + 2 * M, outcome: 'cancelled' });
    expect(clock('first_response', T + H)).toMatchObject({
      status: 'ended',
      usedMs: 2 * M,
      stoppedAt: T + 2 * M,
    });
    expect(clock('resolution', T + H).status).toBe('ended');
    expect(told()).toEqual([]);
    expect(look(T + 50 * H)).toMatchObject({ marks: [], nextDueAt: null });
  });
  it('keeps its breach when it ends', () => {
    const { look, clock } = handoff();
    look(T + H, { endedAt: T + 20 * M, outcome: 'cancelled' });
    expect(clock('first_response', T + H)).toMatchObject({
      status: 'breached',
      breachedAt: T + 15 * M,
      metAt: null,
    });
  });
});

describe('business hours', () => {
  it('stand still over the weekend', () => {
    const { look, clock } = handoff(HOURS, { queuedAt: T + 2 * H + 50 * M });
    const monday = Date.parse('2025-06-09T09:00:00Z');
    expect(look(T + 3 * H).nextDueAt).toBe(monday + 2 * M);
    expect(clock('first_response', monday - 8 * H)).toMatchObject({ status: 'running', usedMs: 10 * M });
    expect(clock('first_response', monday + 2 * M).status).toBe('at_risk');
    expect(clock('first_response', monday)).toMatchObject({ usedMs: 10 * M, dueAt: monday + 5 * M });
  });
  it('do not excuse an answer after a deadline that was at closing', () => {
    const { look, clock } = handoff(HOURS, { queuedAt: T + 2 * H + 45 * M });
    look(T + 20 * H, replied(T + 19 * H));
    expect(clock('first_response', T + 20 * H)).toMatchObject({
      status: 'breached',
      breachedAt: T + 3 * H,
      usedMs: 15 * M,
    });
  });
  it('are none of the business of a policy that always counts', () => {
    const policy = { ...DEFAULT_SLA_POLICY, clock: 'always' as const };
    const { look, clock } = handoff({ ...HOURS, policy }, { queuedAt: T + 10 * H });
    expect(look(T + 10 * H).nextDueAt).toBe(T + 10 * H + 12 * M);
    expect(clock('first_response', T + 10 * H + 7 * M).usedMs).toBe(7 * M);
  });
  it('have no deadline where nothing opens, until they do', () => {
    const never: Calendar = { ...OFFICE, week: [[], [], [], [], [], [], []] };
    const { look, clock, told } = handoff({ ...HOURS, calendar: never, calendarVersion: 'shut' });
    expect(look(T).nextDueAt).toBe(null);
    expect(clock('first_response', T + 100 * H)).toMatchObject({ status: 'running', usedMs: 0, dueAt: null });
    look(T + 90 * H, {}, HOURS);
    expect(told()).toEqual([['first_response', 'breach', 90 * H]]);
  });
});

describe('other terms', () => {
  it('count from the original start, so that a higher priority can breach at once, and not before', () => {
    const { look, told, marks } = handoff();
    look(T);
    look(T + 10 * M, { priority: 1 });
    expect(told()).toEqual([['first_response', 'breach', 10 * M]]);
    expect(marks[0]).toMatchObject({ priority: 1, targetMs: 2 * M, dueAt: T + 2 * M });
  });
  it('put at risk at once', () => {
    const { look, told } = handoff();
    look(T);
    expect(look(T + 4 * M + 30 * S, { priority: 2 }).nextDueAt).toBe(T + 5 * M);
    expect(told()).toEqual([['first_response', 'at_risk', 4 * M + 30 * S]]);
  });
  it('judge what was before them by what held then', () => {
    const { look, told } = handoff(ALWAYS, { priority: 1 });
    look(T);
    look(T + 10 * M, { priority: 4 });
    expect(told()).toEqual([
      ['first_response', 'at_risk', 1.6 * M],
      ['first_response', 'breach', 2 * M],
    ]);
    const answered = handoff();
    answered.look(T);
    answered.look(T + 10 * M, { priority: 1, ...replied(T + 5 * M) });
    expect(answered.clock('first_response', T + H)).toMatchObject({ status: 'met', priority: 3 });
  });
  it('lift a clock out of its risk and warn anew of the new deadline, once for each', () => {
    const { look, clock, told } = handoff(ALWAYS, { priority: 2 });
    look(T + 4 * M);
    expect(clock('first_response', T + 4 * M).status).toBe('at_risk');
    look(T + 4 * M, { priority: 3 });
    expect(clock('first_response', T + 5 * M).status).toBe('running');
    look(T + 4 * M + 1, { priority: 2 });
    look(T + 4 * M + 2, { priority: 3 });
    look(T + 13 * M);
    expect(told()).toEqual([
      ['first_response', 'at_risk', 4 * M],
      ['first_response', 'at_risk', 12 * M],
    ]);
  });
  it('do not undo a breach', () => {
    const { look, clock } = handoff(ALWAYS, { priority: 1 });
    look(T + 3 * M);
    look(T + 3 * M, { priority: 4 });
    expect(clock('first_response', T + 4 * M)).toMatchObject({ status: 'breached', dueAt: T + 2 * M });
    expect(clock('resolution', T + 4 * M)).toMatchObject({ status: 'running', targetMs: 72 * H });
  });
  it('do not take back the time of a breach when a team with other hours goes on', () => {
    const { look, clock, told } = handoff(ALWAYS, { queuedAt: T + 4 * H, priority: 1 });
    look(T + 5 * H);
    look(T + 5 * H, {}, HOURS);
    const monday = Date.parse('2025-06-09T09:00:00Z');
    expect(clock('first_response', monday)).toMatchObject({ usedMs: 2 * M });
    look(monday + M, replied(monday + M));
    expect(clock('first_response', monday + H)).toMatchObject({
      status: 'breached',
      targetMs: 2 * M,
      usedMs: 3 * M,
    });
    expect(told().slice(1, 2)).toEqual([['first_response', 'breach', 4 * H + 2 * M]]);
  });
  it('do not take it back either when the breach is noticed by the team that goes on', () => {
    const { look, clock } = handoff(ALWAYS, { queuedAt: T + 4 * H, priority: 1 });
    look(T + 4 * H);
    look(T + 5 * H, {}, HOURS);
    expect(clock('first_response', T + 6 * H)).toMatchObject({
      breachedAt: T + 4 * H + 2 * M,
      usedMs: 2 * M,
    });
  });
  it('come with another policy, and may promise nothing', () => {
    const { look, clock, told } = handoff();
    look(T);
    const nothing = { firstResponseMs: null, nextResponseMs: null, resolutionMs: null };
    const policy = {
      ...DEFAULT_SLA_POLICY,
      version: 2,
      targets: { 1: nothing, 2: nothing, 3: nothing, 4: nothing },
    };
    expect(look(T + M, {}, { ...ALWAYS, policy }).nextDueAt).toBe(null);
    expect(clock('first_response', T + 9 * H)).toMatchObject({
      status: 'running',
      targetMs: null,
      dueAt: null,
    });
    look(T + 10 * H, replied(T + 10 * H));
    expect(clock('first_response', T + 11 * H)).toMatchObject({ status: 'met', usedMs: 10 * H });
    expect(told()).toEqual([]);
  });
  it('come with other hours', () => {
    const { look, clock } = handoff(HOURS, { queuedAt: T + 2 * H + 50 * M });
    look(T + 2 * H + 50 * M);
    const longer = { ...OFFICE, week: OFFICE.week.map(() => [{ from: '09:00', to: '20:00' }]) };
    look(T + 2 * H + 55 * M, {}, { ...HOURS, calendar: longer, calendarVersion: 'office 2' });
    expect(clock('first_response', T + 3 * H).dueAt).toBe(T + 3 * H + 5 * M);
  });
  it('leave one entry, however often they change', () => {
    const { look, ledger } = handoff();
    look(T);
    for (let second = 1; second <= 60; second++) look(T + second * S, { priority: second % 2 ? 2 : 3 });
    expect(ledger().map(({ metric, kind }) => `${metric} ${kind}`)).toEqual([
      'first_response start',
      'resolution start',
      'first_response retarget',
      'resolution retarget',
    ]);
  });
});

describe('next response', () => {
  const open = () => {
    const talk = handoff();
    talk.look(T);
    talk.look(T + M, replied(T + M));
    return talk;
  };
  const answer = (since: number, at: number) => ({ awaitingSince: null, answered: { since, at } });

  it('does not run before the first reply, nor while the customer is waited for', () => {
    const { look, ledger } = handoff();
    look(T);
    expect(readSla(ledger(), null, T + M).map(({ metric }) => metric)).toEqual([
      'first_response',
      'resolution',
    ]);
    look(T + M, replied(T + M));
    expect(readSla(ledger(), null, T + M).map(({ metric }) => metric)).toEqual([
      'first_response',
      'resolution',
    ]);
  });
  it('does not run for words from before the first reply, whichever reply answers them', () => {
    const { look, ledger } = handoff();
    look(T);
    look(T + M, { firstReplyAt: T + M });
    look(T + 2 * M, { awaitingSince: null, answered: { since: T, at: T + 2 * M } });
    look(T + 2 * M, { firstReplyAt: T + M, answered: { since: T + M, at: T + M } });
    expect(ledger().some(({ metric }) => metric === 'next_response')).toBe(false);
  });
  it('runs from the first unanswered words, anew for each turn, and is paused between', () => {
    const { look, clock, told } = open();
    expect(look(T + 10 * M, { awaitingSince: T + 10 * M }).nextDueAt).toBe(T + 22 * M);
    expect(clock('next_response', T + 15 * M)).toMatchObject({ status: 'running', usedMs: 5 * M });
    look(T + 16 * M, answer(T + 10 * M, T + 16 * M));
    expect(clock('next_response', T + 9 * H)).toMatchObject({
      status: 'paused',
      usedMs: 6 * M,
      dueAt: null,
      turns: { answered: 1, answeredAt: T + 16 * M, breachedAt: [] },
    });
    expect(look(T + 3 * H).nextDueAt).toBe(T + 0.8 * 24 * H);
    look(T + 4 * H, { awaitingSince: T + 4 * H });
    expect(clock('next_response', T + 4 * H + M)).toMatchObject({ status: 'running', usedMs: M });
    look(T + 4 * H + 20 * M);
    look(T + 4 * H + 21 * M, answer(T + 4 * H, T + 4 * H + 21 * M));
    expect(told().slice(1)).toEqual([
      ['next_response', 'met', 16 * M],
      ['next_response', 'at_risk', 4 * H + 12 * M],
      ['next_response', 'breach', 4 * H + 15 * M],
      ['next_response', 'met', 4 * H + 21 * M],
    ]);
    expect(clock('next_response', T + 5 * H)).toMatchObject({
      status: 'paused',
      turns: { answered: 2, breachedAt: [T + 4 * H + 15 * M] },
    });
  });
  it('sees a turn that was answered, and the next one begun, before anyone looked', () => {
    const { look, clock, told } = open();
    look(T + 2 * H, { awaitingSince: T + 90 * M, answered: { since: T + H, at: T + H + M } });
    expect(told().slice(1)).toEqual([
      ['next_response', 'met', H + M],
      ['next_response', 'at_risk', 102 * M],
      ['next_response', 'breach', 105 * M],
    ]);
    expect(clock('next_response', T + 2 * H)).toMatchObject({ status: 'breached', turns: { answered: 1 } });
  });
  it('ends a turn without a verdict when an agent waits for the customer without an answer', () => {
    const { look, clock, told } = open();
    look(T + 10 * M, { awaitingSince: T + 10 * M });
    look(T + 12 * M, { awaitingSince: null });
    expect(clock('next_response', T + H)).toMatchObject({
      status: 'paused',
      usedMs: 2 * M,
      turns: { answered: 0 },
    });
    expect(told()).toHaveLength(1);
  });
  it('holds nothing against a turn of which it never saw the end', () => {
    const { look, clock, told } = open();
    look(T + 10 * M, { awaitingSince: T + 10 * M });
    look(T + 5 * H, { awaitingSince: T + 5 * H, answered: { since: T + 4 * H, at: T + 4 * H + M } });
    expect(told().slice(1)).toEqual([['next_response', 'met', 4 * H + M]]);
    look(T + 6 * H, { awaitingSince: T + 6 * H });
    expect(clock('next_response', T + 6 * H)).toMatchObject({ startedAt: T + 6 * H, turns: { answered: 1 } });
  });
  it('stays small over a long talk and ends with all its turns', () => {
    const { look, ledger, clock } = open();
    let at = T + H;
    for (let turn = 0; turn < 300; turn++) {
      look(at, { awaitingSince: at });
      expect(ledger().length).toBeLessThanOrEqual(5);
      look(at + M, answer(at, at + M));
      at += 2 * M;
    }
    expect(JSON.stringify(ledger()).length).toBeLessThan(1200);
    look(at, { endedAt: at, outcome: 'resolved' });
    expect(clock('next_response', at + H)).toMatchObject({ status: 'met', turns: { answered: 300 } });
    expect(clock('resolution', at + H)).toMatchObject({ status: 'met', metAt: at });
  });
  it('ends a turn that stands when the handoff does', () => {
    const { look, clock } = open();
    look(T + 10 * M, { awaitingSince: T + 10 * M });
    look(T + 2 * H, { endedAt: T + 11 * M, outcome: 'resolved' });
    expect(clock('next_response', T + 2 * H)).toMatchObject({
      status: 'ended',
      usedMs: M,
      stoppedAt: T + 11 * M,
    });
  });
});

describe('the ledger', () => {
  it('is the very same when nothing changed, and survives JSON', () => {
    const { look, ledger } = handoff(HOURS);
    look(T);
    const before = ledger();
    expect(look(T + M).ledger).toBe(before);
    const stored: SlaLedger = JSON.parse(JSON.stringify(before));
    expect(advanceSla(stored, QUEUED, HOURS, T + M)).toEqual({
      ledger: before,
      marks: [],
      nextDueAt: T + 12 * M,
    });
  });
  it('marks resolution from Pending Handoff on', () => {
    const { look, told } = handoff(ALWAYS, { priority: 1 });
    look(T + M, replied(T + M));
    look(T + 2 * H, { endedAt: T + 2 * H, outcome: 'resolved' });
    expect(told()).toEqual([
      ['first_response', 'met', M],
      ['resolution', 'at_risk', 48 * M],
      ['resolution', 'breach', H],
      ['resolution', 'met', 2 * H],
    ]);
  });
  it('gives no verdict on the resolution of what went back to the bot', () => {
    const { look, clock } = handoff();
    look(T + M, replied(T + M));
    look(T + H, { endedAt: T + H, outcome: 'returned' });
    expect(clock('resolution', T + 2 * H)).toMatchObject({ status: 'ended', metAt: null });
  });
  it('gives every metric of every priority of the shipped policy a target', () => {
    for (const priority of [1, 2, 3, 4] as const) {
      const [first, next, resolution] = (['first_response', 'next_response', 'resolution'] as const).map(
        (metric) => slaTarget(DEFAULT_SLA_POLICY, priority, metric),
      );
      expect(next).toBe(first);
      expect(Number(resolution)).toBeGreaterThan(Number(first));
    }
  });

  it('says the same whenever it is looked at: once each, none early, the same in the end', () => {
    const step = fc.record({
      kind: fc.constantFrom('customer', 'agent', 'P1', 'P2', 'P3', 'P4'),
      after: fc.integer({ min: 1, max: 20 * 60 }).map((seconds) => seconds * S),
    });
    const looks = fc.array(
      fc.nat(3 * 3600).map((seconds) => T + seconds * S),
      { maxLength: 40 },
    );
    const tell = (steps: readonly { kind: string; after: number }[], extra: readonly number[]) => {
      const told = handoff();
      let awaiting: number | null = T;
      let first: number | null = null;
      let now = T;
      const seen: SlaMark[] = [];
      const look = (at: number, change: Partial<SlaFacts> = {}) => {
        const advance = told.look(at, change);
        for (const mark of advance.marks) expect(mark.at).toBeLessThanOrEqual(at);
        if (advance.nextDueAt !== null) expect(advance.nextDueAt).toBeGreaterThan(at);
        seen.push(...advance.marks);
      };
      look(T);
      for (const { kind, after } of steps) {
        for (const at of extra.filter((each) => each >= now && each < now + after)) look(at);
        now += after;
        if (kind === 'customer') {
          awaiting ??= now;
          look(now, { awaitingSince: awaiting });
        } else if (kind === 'agent') {
          first ??= now;
          const answered: Partial<SlaFacts> =
            awaiting === null ? {} : { answered: { since: awaiting, at: now } };
          awaiting = null;
          look(now, { ...answered, awaitingSince: null, firstReplyAt: first });
        } else {
          look(now, { priority: Number(kind.slice(1)) as Priority });
        }
      }
      look(now + 4 * H);
      const marks = seen.map((mark) => JSON.stringify(mark)).sort();
      expect(new Set(marks).size).toBe(marks.length);
      return { marks, clocks: readSla(told.ledger(), null, now + 4 * H) };
    };
    fc.assert(
      fc.property(fc.array(step, { maxLength: 12 }), looks, (steps, extra) => {
        const sorted = [...extra].sort((a, b) => a - b);
        expect(
          tell(
            steps,
            [...sorted, ...sorted].sort((a, b) => a - b),
          ),
        ).toEqual(tell(steps, []));
      }),
      { numRuns: 300 },
    );
  });
});
