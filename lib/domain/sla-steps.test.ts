import { describe, expect, it } from 'vitest';
import type { Priority } from './handoff';
import { advanceSla, type SlaFacts, type SlaMark, type SlaRules } from './sla';
import { readSla, type SlaClock, type SlaLedger } from './sla-ledger';
import { SLA_METRICS, type SlaMetric, type SlaPolicy, type SlaTargets } from './sla-policy';
import { randomCalendar, seededRandom, type WallClock, WINDOWS, wallClocks } from './test-wall-clock';

/** The ledger held to clocks that are wound by hand: minute by minute, each tick by the wall clock of the place. */

const S = 1000;
const M = 60 * S;
const H = 60 * M;
const D = 24 * H;

type Random = ReturnType<typeof seededRandom>;
type Happening =
  | { at: number; kind: 'customer' | 'agent' | 'resolved' | 'cancelled' | 'look' }
  | { at: number; kind: 'priority'; priority: Priority }
  | { at: number; kind: 'rules'; index: number };

interface Story {
  wall: WallClock;
  rules: readonly SlaRules[];
  queuedAt: number;
  priority: Priority;
  happenings: readonly Happening[];
  /** When the clocks are read, among other things. */
  end: number;
}

interface Told {
  marks: string[];
  readings: Record<string, string[]>;
}

const KEY: Record<SlaMetric, keyof SlaTargets> = {
  first_response: 'firstResponseMs',
  next_response: 'nextResponseMs',
  resolution: 'resolutionMs',
};
const line = (metric: string, kind: string, at: number, more = '') => `${at} ${metric} ${kind}${more}`;
const reading = (status: string, usedMs: number, breachedAt: number | null, metAt: number | null) =>
  `${status} used ${usedMs} breached ${breachedAt} met ${metAt}`;

/** A clock that is wound: it knows only how much has run, by each set of rules. */
interface Wound {
  startedAt: number;
  used: number[];
  warned: Set<number>;
  breachedAt: number | null;
  /** The rules of the breach, what had been used by then, and since then by the hours of each team. */
  late: { index: number; used: number; since: number[] } | null;
  stopped: string | null;
  usedAtStop: number;
  metAt: number | null;
}

/** Tells the story by stepping. Null: a deadline lies beyond the days at hand. */
function stepped({ wall, rules, queuedAt, priority: first, happenings, end }: Story): Told | null {
  const opensBy = rules.map(({ policy }) =>
    rules.map(({ calendar }) => wall.opening(policy.clock === 'always' ? null : calendar)),
  );
  const opens = rules.map((_, each) => opensBy[each]?.[each]);
  const told: Told = { marks: [], readings: {} };
  const clocks: Partial<Record<SlaMetric, Wound>> = {};
  const turnBreaches: number[] = [];
  let lastAnswer: number | null = null;
  let replied = false;
  let over = false;
  let priority = first;
  let index = 0;
  let beyond = false;

  const target = (metric: SlaMetric) => rules[index]?.policy.targets[priority][KEY[metric]] ?? null;
  const start = (metric: SlaMetric, startedAt: number) => {
    clocks[metric] = {
      startedAt,
      used: rules.map(() => 0),
      warned: new Set(),
      breachedAt: null,
      late: null,
      stopped: null,
      usedAtStop: 0,
      metAt: null,
    };
  };
  const stop = (metric: SlaMetric, kind: 'met' | 'end', at: number) => {
    const clock = clocks[metric];
    if (!clock || clock.stopped !== null) return;
    clock.stopped = metric === 'next_response' ? 'paused' : kind;
    clock.usedAtStop = used(clock);
    if (kind === 'met') {
      clock.metAt = at;
      if (metric === 'next_response') lastAnswer = at;
      if (clock.late !== null || target(metric) !== null) {
        told.marks.push(line(metric, 'met', at, ` ${clock.usedAtStop} ${clock.breachedAt === null}`));
      }
    }
    if (metric === 'next_response' && clock.breachedAt !== null) turnBreaches.push(clock.breachedAt);
  };
  const used = ({ late, used: running }: Wound) =>
    late === null ? (running[index] ?? 0) : late.used + (late.since[index] ?? 0);
  const runLate = (late: NonNullable<Wound['late']>, at: number, from: number, to: number) => {
    late.since = late.since.map((ms, each) => ms + (opensBy[late.index]?.[each]?.(at) ? to - from : 0));
  };
  const tick = (metric: SlaMetric, clock: Wound, at: number, next: number) => {
    if (clock.stopped !== null) return;
    if (clock.late !== null) {
      runLate(clock.late, at, at, next);
      return;
    }
    ring(metric, clock, at, next - at);
    clock.used = clock.used.map((before, each) => before + (opens[each]?.(at) ? next - at : 0));
  };
  /** What became so in a tick from `at`: at once, where other terms did it, or as the time ran. */
  const ring = (metric: SlaMetric, clock: Wound, at: number, running: number) => {
    const ms = target(metric);
    if (ms === null || clock.stopped !== null || clock.breachedAt !== null) return;
    const before = used(clock);
    const ticks = opens[index]?.(at) ? running : 0;
    const risk = Math.ceil((ms * 4) / 5);
    if (before + ticks >= risk && before < ms) {
      const due = wall.add(opens[index] ?? (() => false), clock.startedAt, ms);
      if (due === null) beyond = true;
      else if (!clock.warned.has(due)) {
        clock.warned.add(due);
        told.marks.push(line(metric, 'at_risk', at + Math.max(0, risk - before)));
      }
    }
    if (before + ticks >= ms) {
      clock.late = { index, used: Math.max(before, ms), since: rules.map(() => 0) };
      clock.breachedAt = at + Math.max(0, ms - before);
      told.marks.push(line(metric, 'breach', clock.breachedAt));
      runLate(clock.late, at, clock.breachedAt, at + Math.max(running, clock.breachedAt - at));
    }
  };
  const all = () =>
    SLA_METRICS.flatMap((metric) => (clocks[metric] ? [[metric, clocks[metric]] as const] : []));
  const status = (metric: SlaMetric, clock: Wound) => {
    const breachedAt = metric === 'next_response' && over ? (turnBreaches.at(-1) ?? null) : clock.breachedAt;
    const metAt = metric === 'next_response' && clock.stopped ? lastAnswer : clock.metAt;
    const spent = clock.stopped ? clock.usedAtStop : used(clock);
    if (clock.stopped === 'paused' && !over) return reading('paused', spent, null, metAt);
    if (breachedAt !== null) return reading('breached', spent, breachedAt, metAt);
    if (metAt !== null) return reading('met', spent, null, metAt);
    if (clock.stopped !== null) return reading('ended', spent, null, null);
    const ms = target(metric);
    return reading(ms !== null && spent >= (ms * 4) / 5 ? 'at_risk' : 'running', spent, null, null);
  };

  start('first_response', queuedAt);
  start('resolution', queuedAt);
  const queue = [...happenings, { at: end, kind: 'look' as const }];
  for (let at = queuedAt; ; ) {
    while (queue[0]?.at === at) {
      const now = queue.shift();
      if (now === undefined) break;
      if (now.kind === 'priority') priority = now.priority;
      else if (now.kind === 'rules') index = now.index;
      else if (now.kind === 'customer' && replied && clocks.next_response?.stopped !== null)
        start('next_response', at);
      else if (now.kind === 'agent') {
        stop('first_response', 'met', at);
        stop('next_response', 'met', at);
        replied = true;
      } else if (now.kind === 'resolved' || now.kind === 'cancelled') {
        stop('first_response', 'end', at);
        stop('next_response', 'end', at);
        stop('resolution', now.kind === 'resolved' ? 'met' : 'end', at);
        over = true;
      }
      for (const [metric, clock] of all()) ring(metric, clock, at, 0);
      if (now.kind === 'look')
        told.readings[at] = all().map(([metric, clock]) => `${metric} ${status(metric, clock)}`);
    }
    if (beyond) return null;
    if (queue.length === 0) return told;
    const next = Math.min(Math.floor(at / M) * M + M, queue[0]?.at ?? end);
    for (const [metric, clock] of all()) tick(metric, clock, at, next);
    at = next;
  }
}

interface Manner {
  /** Whether a message is looked at as it happens, or whenever somebody looks next. */
  lazy: boolean;
  /** Whether a timer fires at each `nextDueAt`. */
  timer: boolean;
  random: Random;
}

/** Tells the story by the ledger. */
function reckoned(story: Story, { lazy, timer, random }: Manner): Told {
  const told: Told = { marks: [], readings: {} };
  let ledger: SlaLedger = [];
  let rules = story.rules[0];
  let nextDueAt: number | null = null;
  let unseenAnswer = false;
  let facts: SlaFacts = {
    queuedAt: story.queuedAt,
    priority: story.priority,
    firstReplyAt: null,
    awaitingSince: story.queuedAt,
    answered: null,
    endedAt: null,
    outcome: null,
  };
  const look = (now: number, fired = false) => {
    if (rules === undefined) throw new Error('no rules');
    const advance = advanceSla(JSON.parse(JSON.stringify(ledger)), facts, rules, now);
    const again = advanceSla(advance.ledger, facts, rules, now);
    expect(again.ledger).toBe(advance.ledger);
    expect(again.marks).toEqual([]);
    expect(again.nextDueAt).toBe(advance.nextDueAt);
    for (const mark of advance.marks) {
      expect(mark.at).toBeLessThanOrEqual(now);
      if (timer && !lazy) expect(mark.at).toBe(now);
    }
    if (fired) expect(advance.marks.length).toBeGreaterThan(0);
    if (advance.nextDueAt !== null) expect(advance.nextDueAt).toBeGreaterThan(now);
    told.marks.push(...advance.marks.map(textOf));
    ({ ledger, nextDueAt } = advance);
    unseenAnswer = false;
  };

  look(story.queuedAt);
  for (const happening of [...story.happenings, { at: story.end, kind: 'look' as const }]) {
    const { at, kind } = happening;
    while (timer && nextDueAt !== null && nextDueAt <= at) look(nextDueAt, !lazy);
    if (kind === 'look') {
      look(at);
      const clocks = readSla(ledger, rules?.calendar ?? null, at);
      told.readings[at] = clocks.map(readingOf);
      continue;
    }
    // What is known of a turn that is over is known of the last one alone.
    // Whoever changes the terms looks at what was, by the old ones, before.
    if ((kind === 'agent' && unseenAnswer) || kind === 'rules' || kind === 'priority') look(at);
    facts = afterwards(facts, happening);
    if (kind === 'rules') rules = story.rules[happening.index];
    if (kind === 'agent') unseenAnswer = true;
    if (!(lazy && (kind === 'customer' || kind === 'agent') && random.chance(0.6))) look(at);
  }
  return told;
}

function afterwards(facts: SlaFacts, happening: Happening): SlaFacts {
  const { at } = happening;
  switch (happening.kind) {
    case 'customer':
      return { ...facts, awaitingSince: facts.awaitingSince ?? at };
    case 'agent': {
      const answered = facts.awaitingSince === null ? facts.answered : { since: facts.awaitingSince, at };
      return { ...facts, firstReplyAt: facts.firstReplyAt ?? at, answered, awaitingSince: null };
    }
    case 'priority':
      return { ...facts, priority: happening.priority };
    case 'resolved':
    case 'cancelled':
      return { ...facts, endedAt: at, outcome: happening.kind };
    default:
      return facts;
  }
}

function textOf(mark: SlaMark): string {
  return line(mark.metric, mark.kind, mark.at, mark.kind === 'met' ? ` ${mark.usedMs} ${mark.inTime}` : '');
}

function readingOf({ metric, status, usedMs, breachedAt, metAt }: SlaClock): string {
  return `${metric} ${reading(status, usedMs, breachedAt, metAt)}`;
}

function randomStory(wall: WallClock, random: Random): Story {
  const { int, chance } = random;
  const unit = chance(0.6) ? M : 1;
  const target = () => (chance(0.1) ? null : (1 + int(chance(0.5) ? 20 : 300)) * (chance(0.9) ? M : 777));
  const targets = (): SlaTargets => ({
    firstResponseMs: target(),
    nextResponseMs: target(),
    resolutionMs: target(),
  });
  const policy = (version: number): SlaPolicy => ({
    version,
    clock: chance(0.8) ? 'business' : 'always',
    targets: { 1: targets(), 2: targets(), 3: targets(), 4: targets() },
  });
  const rules = [0, 1].map((each): SlaRules => {
    const calendar = chance(0.1) ? null : randomCalendar(wall, random);
    return { policy: policy(each), calendar, calendarVersion: calendar && `hours ${each}` };
  });
  const queuedAt = wall.start + int(D / unit) * unit + 2 * D;
  const kinds = ['customer', 'customer', 'agent', 'agent', 'priority', 'rules', 'look'] as const;
  const happenings: Happening[] = [];
  let at = queuedAt;
  for (let count = int(14); count > 0; count--) {
    at += (1 + int((chance(0.7) ? 30 * M : 10 * H) / unit)) * unit;
    const kind = kinds[int(kinds.length)] ?? 'look';
    if (kind === 'priority') happenings.push({ at, kind, priority: (1 + int(4)) as Priority });
    else if (kind === 'rules') happenings.push({ at, kind, index: int(2) });
    else happenings.push({ at, kind });
  }
  if (chance(0.4)) {
    at += (1 + int((2 * H) / unit)) * unit;
    happenings.push({ at, kind: chance(0.7) ? 'resolved' : 'cancelled' });
  }
  const priority = (1 + int(4)) as Priority;
  return { wall, rules, queuedAt, priority, happenings, end: at + 1 + int(8 * H) };
}

const byTime = (told: Told): Told => ({ ...told, marks: [...told.marks].sort() });

describe('the ledger, held to clocks that are wound minute by minute', () => {
  const STORIES = 1500;
  it(`tells ${STORIES} stories alike, however late or often anyone looks`, { timeout: 60_000 }, () => {
    const walls = wallClocks(
      WINDOWS.filter((_, index) => index % 3 === 1),
      18,
    );
    const random = seededRandom(20_240_407);
    const kinds: Record<string, number> = {};
    let told = 0;
    for (let index = 0; index < STORIES; index++) {
      const wall = walls[index % walls.length];
      if (wall === undefined) throw new Error('no wall clock');
      const story = randomStory(wall, random);
      const expected = stepped(story);
      if (expected === null) continue;
      told++;
      for (const lazy of [false, true]) {
        for (const timer of [true, false]) {
          const found = reckoned(story, { lazy, timer, random });
          const text = () => JSON.stringify({ ...story, wall: wall.timeZone, index, lazy, timer });
          expect(byTime(found), text()).toEqual(byTime(expected));
        }
      }
      for (const mark of expected.marks) {
        const kind = mark.split(' ')[2] ?? '';
        kinds[kind] = (kinds[kind] ?? 0) + 1;
      }
    }
    expect(told).toBeGreaterThan(STORIES * 0.9);
    expect(Math.min(kinds.at_risk ?? 0, kinds.breach ?? 0, kinds.met ?? 0)).toBeGreaterThan(STORIES / 2);
  });
});
