import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { AgentActor } from '@/lib/domain/actor';
import type { Calendar } from '@/lib/domain/business-hours';
import { DEFAULT_PRIORITY_POLICY, type PriorityThresholds } from '@/lib/domain/priority-policy';
import { DEFAULT_QUEUE_SETTINGS, type QueueSettings } from '@/lib/domain/queue-settings';
import { DEFAULT_SLA_POLICY, type SlaTargets } from '@/lib/domain/sla-policy';
import { renew } from '../agent/renew';
import { verifyAudit } from '../audit/verify';
import { loggedEvents, visitorEvent } from '../conversation/wire';
import { claim } from '../handoff/claim';
import { prioritise } from '../handoff/prioritise';
import { resolve } from '../handoff/resolve';
import { followNotices } from '../notices';
import { openContext } from '../open-context';
import { readOrder } from '../queue/order';
import { evaluateSla } from '../sla/evaluate';
import { slaKey } from '../sla/sla-timer';
import { expectNoChange, expectRefused, handoffOf, logOf } from '../test-ledger';
import { openTestWorld, type TestWorld } from '../testing';
import { visitorSnapshot } from '../visitor/open-session';
import { changeHours } from './change-hours';
import { changePriorityPolicy } from './change-priority-policy';
import { changeQueue } from './change-queue';
import { changeSlaPolicy } from './change-sla-policy';
import { previewHours } from './preview-hours';
import { previewPriorityPolicy } from './preview-priority-policy';
import { previewQueue } from './preview-queue';
import { previewSlaPolicy } from './preview-sla-policy';
import { readHours, readPriorityPolicy, readQueueSettings, readSlaPolicy } from './read';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
let world: TestWorld;
let admin: AgentActor;
let supervisor: AgentActor;
beforeEach(async () => {
  world = await openTestWorld();
  admin = await world.agent('Ada', 'admin');
  supervisor = await world.agent('Sue', 'supervisor');
});
afterEach(() => world.close());

const { clock: CLOCK, targets: TARGETS } = DEFAULT_SLA_POLICY;
const policy = (p3: Partial<SlaTargets>, clock: 'business' | 'always' = CLOCK) => ({
  clock,
  targets: { ...TARGETS, 3: { ...TARGETS[3], ...p3 } },
});
const change = (version: number, terms: ReturnType<typeof policy>) =>
  changeSlaPolicy(world.ctx, admin, { version, ...terms });
/** The clock of tests starts on a Saturday at 09:00 UTC. */
const WEEKDAYS: Calendar = {
  timeZone: 'Europe/Stockholm',
  week: [0, 1, 2, 3, 4, 5, 6].map((day) => (day < 5 ? [{ from: '09:00', to: '17:00' }] : [])),
  holidays: [],
};
const MONDAY_NINE = Date.UTC(2026, 10, 23, 8);

const settingEvents = () =>
  world.ctx.db.query<{ kind: string; payload: Record<string, unknown> }>(
    `select kind, payload from stream_events where kind in ('sla.policyChanged', 'hours.changed', 'priority.policyChanged', 'queue.changed') order by seq`,
  );
const storedVersions = async () =>
  (
    await world.ctx.db.query<{ version: number }>(`select (value->>'version')::int as version from settings`)
  ).map(({ version }) => version);
const clockTimers = () =>
  world.ctx.db.query<{ key: string; due_at: Date }>(
    `select key, due_at from timers where kind = 'sla.due' and due_at <= $1::timestamptz order by key`,
    [new Date(world.clock.now)],
  );
const dueAt = async (handoffId: string, metric = 'first_response') => {
  const terms = (await handoffOf(world, handoffId)).sla.findLast(
    (entry) => entry.metric === metric && 'terms' in entry,
  );
  return terms && 'terms' in terms ? terms.terms.dueAt : undefined;
};
const unbroken = async () => expect((await verifyAudit(world.ctx, () => {})).faults).toEqual([]);

describe('the promises', () => {
  it('are changed with their event, hold at once, and leave the log unbroken', async () => {
    const before = world.ctx.settings.slaPolicy();
    const after = await change(1, policy({ firstResponseMs: 5 * MINUTE }, 'always'));
    expect(after).toEqual({ version: 2, ...policy({ firstResponseMs: 5 * MINUTE }, 'always') });
    expect(world.ctx.settings.slaPolicy()).toEqual(after);
    expect(await settingEvents()).toEqual([{ kind: 'sla.policyChanged', payload: { before, after } }]);
    await unbroken();
  });

  it('are refused over another version, in words, and nothing is written', async () => {
    await change(1, policy({ firstResponseMs: 5 * MINUTE }));
    for (const version of [0, 1, 3]) {
      await expectRefused(world, 'conflict', () => change(version, policy({ firstResponseMs: 6 * MINUTE })));
    }
    expect(await storedVersions()).toEqual([2]);
  });

  it('are changed by one of several admins who saw the same, also over the default', async () => {
    for (const seen of [1, 2]) {
      const all = await Promise.allSettled(
        [1, 2, 3, 4].map((minutes) =>
          change(seen, policy({ firstResponseMs: (minutes + seen * 10) * MINUTE })),
        ),
      );
      expect(all.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
      expect(await storedVersions()).toEqual([seen + 1]);
    }
    expect(await settingEvents()).toHaveLength(2);
    await unbroken();
  });

  it('that are so already are set again without a trace', async () => {
    await expectNoChange(world, () => change(1, policy({})));
    await change(1, policy({ resolutionMs: null }));
    await expectNoChange(world, () => change(2, policy({ resolutionMs: null })));
  });

  it('are refused field by field where they cannot be', async () => {
    await expectRefused(world, 'invalid', () => change(1, policy({ firstResponseMs: 0 })));
    await expectRefused(world, 'invalid', () => change(1, policy({ resolutionMs: 91 * 24 * HOUR })));
    await expectRefused(world, 'invalid', () => change(1, { ...policy({}), extra: 1 } as never));
  });

  it('are changed by admins alone, and read by supervisors too', async () => {
    const hours = { teamId: world.teams.returns, calendar: null };
    for (const who of [world.ana, supervisor]) {
      const terms = policy({});
      await expectRefused(world, 'forbidden', () =>
        changeSlaPolicy(world.ctx, who, { version: 1, ...terms }),
      );
      await expectRefused(world, 'forbidden', () => changeHours(world.ctx, who, { version: 0, ...hours }));
    }
    const reads: ((who: AgentActor) => Promise<unknown>)[] = [
      async (who: AgentActor) => readSlaPolicy(world.ctx, who),
      async (who: AgentActor) => readHours(world.ctx, who),
      (who: AgentActor) => previewSlaPolicy(world.ctx, who, policy({})),
      (who: AgentActor) => previewHours(world.ctx, who, hours),
    ];
    for (const read of reads) {
      await expectRefused(world, 'forbidden', () => read(world.ana));
      await expectNoChange(world, () => read(supervisor));
    }
  });

  it('are foretold as they then come: who gets another deadline, and who breaches at once', async () => {
    const waiting = [
      await world.conversation('pending'),
      await world.conversation('pending'),
      await world.conversation('active'),
    ];
    world.clock.now += 6 * MINUTE;
    waiting.push(await world.conversation('pending'));
    await world.conversation('offered');
    const gone = await world.conversation('active');
    const { conversationId: over, ownerEpoch } = gone;
    await resolve(world.ctx, world.ana, { conversationId: over, ownerEpoch });
    await evaluateSla(world.ctx, over);
    const terms = policy({ firstResponseMs: 5 * MINUTE });
    const foretold = await expectNoChange(world, () => previewSlaPolicy(world.ctx, admin, terms));
    expect(foretold).toEqual({ open: 4, moved: 4, breached: 3, more: false });

    let woken = 0;
    const ctx = { ...world.ctx, wakeTimers: () => void woken++ };
    await changeSlaPolicy(ctx, admin, { version: 1, ...terms });
    expect(woken).toBe(1);
    const due = await clockTimers();
    expect(due.map(({ key }) => key)).toEqual(
      waiting.map(({ conversationId }) => slaKey(conversationId)).sort(),
    );
    const breaches: string[] = [];
    for (const { conversationId, handoffId } of waiting) {
      await evaluateSla(world.ctx, conversationId);
      const marks = (await logOf(world, conversationId)).filter(({ payload }) => payload.mark === 'breach');
      if (marks.length > 0) breaches.push(handoffId);
      const { queued_at: queuedAt } = await handoffOf(world, handoffId);
      expect(await dueAt(handoffId)).toBe((queuedAt?.getTime() ?? 0) + 5 * MINUTE);
    }
    expect(breaches).toEqual(waiting.slice(0, 3).map(({ handoffId }) => handoffId));
    expect(await clockTimers()).toEqual([]);
    expect(await previewSlaPolicy(world.ctx, admin, terms)).toMatchObject({ moved: 0, breached: 0 });
    await unbroken();
  });

  it('are foretold to move nobody where only another priority is promised something else', async () => {
    await world.conversation('pending');
    const terms = { clock: CLOCK, targets: { ...TARGETS, 1: { ...TARGETS[1], firstResponseMs: MINUTE } } };
    expect(await previewSlaPolicy(world.ctx, admin, terms)).toMatchObject({ open: 1, moved: 0, breached: 0 });
  });

  it('hold in a process that was there before, which looks again at what it looked at by the old', async () => {
    const made = await world.conversation('pending');
    const other = await openContext(
      { databaseUrl: world.databaseUrl, secret: world.secret, baseUrl: 'http://127.0.0.1:3001' },
      { brain: world.brain, log: world.ctx.log, now: () => world.clock.now, wakeTimers: () => heard() },
    );
    let heard = () => {};
    const told = new Promise<void>((resolve) => {
      heard = resolve;
    });
    try {
      await followNotices(other, {
        directory: async () => {},
        sessionEnded: () => {},
        agentChanged: () => {},
        customersChanged: () => {},
        settingsChanged: () => {},
      });
      await change(1, policy({ firstResponseMs: 3 * MINUTE }));
      await told;
      expect(other.settings.slaPolicy()).toEqual(world.ctx.settings.slaPolicy());
      expect(await clockTimers()).toHaveLength(1);
      await evaluateSla(other, made.conversationId);
      expect(await dueAt(made.handoffId)).toBe(world.clock.now + 3 * MINUTE);
      const again = { version: 2, ...policy({ firstResponseMs: 4 * MINUTE }) };
      expect((await changeSlaPolicy(other, admin, again)).version).toBe(3);
    } finally {
      await other.close();
    }
  });

  it('are changed by a process that had not heard of the last change', async () => {
    const other = await openContext(
      { databaseUrl: world.databaseUrl, secret: world.secret, baseUrl: 'http://127.0.0.1:3001' },
      { brain: world.brain, log: world.ctx.log, now: () => world.clock.now },
    );
    try {
      await change(1, policy({ firstResponseMs: 3 * MINUTE }));
      const terms = policy({ firstResponseMs: 4 * MINUTE });
      expect((await changeSlaPolicy(other, admin, { version: 2, ...terms })).version).toBe(3);
      const [, last] = await settingEvents();
      expect(last?.payload.before).toMatchObject({ version: 2 });
    } finally {
      await other.close();
    }
  });
});

describe('the hours of a team', () => {
  const set = (version: number, calendar: Calendar | null, teamId = world.teams.returns) =>
    changeHours(world.ctx, admin, { teamId, version, calendar });

  it('move the deadlines of its open handoffs to when it is there, and back', async () => {
    const made = await world.conversation('pending');
    const queued = world.clock.now;
    const input = { teamId: world.teams.returns, calendar: WEEKDAYS };
    expect(await expectNoChange(world, () => previewHours(world.ctx, admin, input))).toEqual({
      open: false,
      opensAt: MONDAY_NINE,
      closesAt: MONDAY_NINE + 8 * HOUR,
      affected: { open: 1, moved: 1, breached: 0, more: false },
    });
    expect(await set(0, WEEKDAYS)).toEqual({ version: 1, calendar: WEEKDAYS });
    await evaluateSla(world.ctx, made.conversationId);
    expect(await dueAt(made.handoffId)).toBe(MONDAY_NINE + 15 * MINUTE);
    expect(await previewHours(world.ctx, admin, { ...input, calendar: null })).toMatchObject({
      open: true,
      opensAt: null,
      closesAt: null,
      affected: { moved: 1 },
    });
    expect(await set(1, null)).toEqual({ version: 2, calendar: null });
    await evaluateSla(world.ctx, made.conversationId);
    expect(await dueAt(made.handoffId)).toBe(queued + 15 * MINUTE);
    expect((await settingEvents()).map(({ kind }) => kind)).toEqual(['hours.changed', 'hours.changed']);
    await unbroken();
  });

  it('leave the other teams alone', async () => {
    await world.conversation('pending');
    const input = { teamId: world.teams.orders, calendar: WEEKDAYS };
    expect((await previewHours(world.ctx, admin, input)).affected).toMatchObject({ open: 0, moved: 0 });
    await set(0, WEEKDAYS, world.teams.orders);
    expect(world.ctx.settings.hours(world.teams.returns)).toEqual({ version: 0, calendar: null });
    expect(world.ctx.settings.hours(world.teams.orders)).toEqual({ version: 1, calendar: WEEKDAYS });
  });

  it('are refused over another version and for a team that is not there, and where they cannot be', async () => {
    await set(0, WEEKDAYS);
    await expectRefused(world, 'conflict', () => set(0, null));
    await expectRefused(world, 'conflict', () => set(2, null));
    await expectRefused(world, 'not_found', () => set(0, null, world.ctx.newId()));
    await expectRefused(world, 'invalid', () => set(1, { ...WEEKDAYS, timeZone: 'Europe/Atlantis' }));
    const holidays = [{ date: '2026-13-01', name: 'Never' }];
    await expectRefused(world, 'invalid', () => set(1, { ...WEEKDAYS, holidays }));
    await expectNoChange(world, () => set(1, WEEKDAYS));
  });

  it('tell a customer in the queue when the team is back, live as in the snapshot', async () => {
    const snapshot = async (conversationId: string) =>
      (await visitorSnapshot(world.ctx, conversationId)).handoff?.opensAt;
    // Who waits when it closes goes on waiting; nobody is put in line for a closed team unasked.
    const { conversationId } = await world.conversation('pending');
    expect(await snapshot(conversationId)).toBeNull();
    await set(0, WEEKDAYS);
    expect(await snapshot((await world.conversation('offered')).conversationId)).toBe(MONDAY_NINE);
    expect(await snapshot(conversationId)).toBe(MONDAY_NINE);
    const [queued] = world.published
      .filter(({ committed }) => committed.head.id === conversationId)
      .flatMap((publication) => loggedEvents(publication))
      .filter(({ event }) => event.kind === 'handoff.queued');
    expect(queued && visitorEvent(world.ctx, queued)).toMatchObject({ handoff: { opensAt: MONDAY_NINE } });
    world.clock.now = MONDAY_NINE;
    expect(await snapshot(conversationId)).toBeNull();
    const never = { ...WEEKDAYS, week: WEEKDAYS.week.map(() => []) };
    await set(1, never);
    expect(await snapshot(conversationId)).toBeNull();
  });

  it('are set by one of several admins who saw the same', async () => {
    const all = await Promise.allSettled(
      ['08:00', '09:30', '10:00'].map((from) =>
        set(0, { ...WEEKDAYS, week: WEEKDAYS.week.map(() => [{ from, to: '18:00' }]) }),
      ),
    );
    expect(all.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(await settingEvents()).toHaveLength(1);
  });

  it('hold a handoff that is claimed too', async () => {
    const made = await world.conversation('active');
    await set(0, WEEKDAYS);
    await evaluateSla(world.ctx, made.conversationId);
    expect(await dueAt(made.handoffId, 'resolution')).toBe(MONDAY_NINE + 24 * HOUR + 2 * 16 * HOUR);
  });
});

describe('the first priority', () => {
  const { thresholds, weights } = DEFAULT_PRIORITY_POLICY;
  const terms = (from: Partial<PriorityThresholds>, points: Partial<typeof weights> = {}) => ({
    thresholds: { ...thresholds, ...from },
    weights: { ...weights, ...points },
  });
  const set = (version: number, wanted: ReturnType<typeof terms>) =>
    changePriorityPolicy(world.ctx, admin, { version, ...wanted });
  const judged = async () => {
    const { handoffId } = await world.conversation('pending');
    const [row] = await world.ctx.db.query<{ priority: number; score: number }>(
      'select priority, score from handoffs where id = $1::uuid',
      [handoffId],
    );
    return row;
  };

  it('follows from thresholds and points that an admin sets, for whoever comes then', async () => {
    expect(await judged()).toEqual({ priority: 3, score: 50 });
    const before = world.ctx.settings.priorityPolicy();
    const after = await set(1, terms({ 2: 50 }));
    expect(after).toEqual({ version: 2, ...terms({ 2: 50 }) });
    expect(await judged()).toEqual({ priority: 2, score: 50 });
    await set(2, terms({ 2: 50 }, { base: 90 }));
    expect(await judged()).toEqual({ priority: 1, score: 90 });
    expect((await settingEvents())[0]).toEqual({
      kind: 'priority.policyChanged',
      payload: { before, after },
    });
    await unbroken();
  });

  it('is foretold from what was known of the newest that were queued', async () => {
    const none = { 1: 0, 2: 0, 3: 0, 4: 0 };
    const preview = (wanted: ReturnType<typeof terms>) =>
      expectNoChange(world, () => previewPriorityPolicy(world.ctx, supervisor, wanted));
    expect(await preview(terms({}))).toEqual({ handoffs: 0, moved: 0, now: none, after: none });
    await world.conversation('pending');
    world.brain.next = {
      signals: [{ name: 'security', value: 1, threshold: 1, fired: true, evidence: [] }],
    };
    await world.conversation('pending');
    world.brain.next = {};
    await world.conversation('active');
    await world.conversation('offered');
    const now = { ...none, 1: 1, 3: 2 };
    expect(await preview(terms({}))).toEqual({ handoffs: 3, moved: 0, now, after: now });
    expect(await preview(terms({ 3: 51 }))).toEqual({
      handoffs: 3,
      moved: 2,
      now,
      after: { ...none, 1: 1, 4: 2 },
    });
    expect(await preview(terms({}, { base: 85 }))).toMatchObject({ moved: 2, after: { ...none, 1: 3 } });
  });

  it('is refused where the thresholds do not fall, over another version, and to whoever is no admin', async () => {
    for (const from of [{ 2: 85 }, { 3: 70 }, { 1: 101 }, { 3: 0 }, { 1: 84.5 }]) {
      await expectRefused(world, 'invalid', () => set(1, terms(from)));
    }
    for (const points of [{ base: 0 }, { churnRisk: 101 }, { cancellation: -1 }]) {
      await expectRefused(world, 'invalid', () => set(1, terms({}, points)));
    }
    await expectRefused(world, 'conflict', () => set(2, terms({ 1: 90 })));
    await expectRefused(world, 'forbidden', () =>
      changePriorityPolicy(world.ctx, supervisor, { version: 1, ...terms({ 1: 90 }) }),
    );
    await expectRefused(world, 'forbidden', () => previewPriorityPolicy(world.ctx, world.ana, terms({})));
    await expectRefused(world, 'forbidden', async () => readPriorityPolicy(world.ctx, world.ana));
    expect(readPriorityPolicy(world.ctx, supervisor)).toEqual(DEFAULT_PRIORITY_POLICY);
    await expectNoChange(world, () => set(1, terms({})));
  });
});

describe('the queue', () => {
  const { version: _, ...shipped } = DEFAULT_QUEUE_SETTINGS;
  const terms = (part: Partial<QueueSettings>) => ({ ...shipped, ...part });
  const set = (version: number, part: Partial<QueueSettings>) =>
    changeQueue(world.ctx, admin, { version, ...terms(part) });
  /** Enough was handled that the order knows how fast slots come free. */
  const busyHour = async () => {
    const done = await Promise.all(Array.from({ length: 20 }, () => world.conversation('active')));
    world.clock.now += 6 * MINUTE;
    for (const { conversationId, ownerEpoch } of done) {
      await resolve(world.ctx, world.ana, { conversationId, ownerEpoch });
    }
  };
  /** The oldest cannot be answered in time any more; the one after it still can. */
  const twoWait = async () => {
    await busyHour();
    const late = await world.conversation('pending');
    world.clock.now += 16 * MINUTE;
    const live = await world.conversation('pending');
    // Not older than a minute is what was measured, which was measured for the offers.
    world.clock.now += MINUTE;
    await renew(world.ctx, [world.ana.id]);
    return [late, live].map(({ handoffId }) => handoffId);
  };
  const order = async () =>
    (await readOrder(world.ctx, [world.teams.returns])).map(({ handoff }) => handoff.id);

  it('is served by the order that an admin chose, at once, with its event', async () => {
    const [late, live] = await twoWait();
    expect(await order()).toEqual([live, late]);
    const strict = terms({ discipline: 'strict' });
    const foretold = await expectNoChange(world, () => previewQueue(world.ctx, supervisor, strict));
    expect(foretold).toEqual({ waiting: 2, moved: 2 });
    const before = world.ctx.settings.queue();
    const after = await set(1, { discipline: 'strict' });
    expect(await order()).toEqual([late, live]);
    expect(await previewQueue(world.ctx, supervisor, strict)).toEqual({ waiting: 2, moved: 0 });
    expect(await settingEvents()).toEqual([{ kind: 'queue.changed', payload: { before, after } }]);
    await unbroken();
  });

  it('lets a P1 above a capacity only where an admin allows it', async () => {
    const full = await world.agent('Full', 'agent', undefined, 1);
    const claimed = await world.conversation('pending');
    await claim(world.ctx, full, { conversationId: claimed.conversationId, handoffId: claimed.handoffId });
    const urgent = await world.conversation('pending');
    const { conversationId, handoffId } = urgent;
    await prioritise(world.ctx, world.ana, { conversationId, handoffId, priority: 1 });
    await set(1, { overflowSlots: 0 });
    await expectRefused(world, 'limit', () => claim(world.ctx, full, { conversationId, handoffId }));
    await set(2, { overflowSlots: 1 });
    await claim(world.ctx, full, { conversationId, handoffId });
  });

  it('gives back what a gone agent has after the grace that an admin set', async () => {
    await set(1, { graceMs: 20_000 });
    expect(world.ctx.settings.presenceTimes()).toEqual({ leaseMs: 15_000, renewMs: 5000, graceMs: 20_000 });
    expect(await renew(world.ctx, [world.ana.id])).toEqual({ againInMs: 5000 });
  });

  it('is refused out of its bounds, over another version, and to whoever is no admin', async () => {
    const wrong: Partial<QueueSettings>[] = [
      { agedShare: 0.31 },
      { agedShare: -0.1 },
      { overflowSlots: 2 },
      { graceMs: 19_999 },
      { graceMs: 600_001 },
      { awayAfterMs: 59_999 },
      { awayAfterMs: 8 * HOUR + 1 },
      { discipline: 'random' as never },
    ];
    for (const part of wrong) await expectRefused(world, 'invalid', () => set(1, part));
    await expectRefused(world, 'conflict', () => set(2, { agedShare: 0.2 }));
    await expectRefused(world, 'forbidden', () =>
      changeQueue(world.ctx, supervisor, { version: 1, ...terms({ agedShare: 0.2 }) }),
    );
    await expectRefused(world, 'forbidden', () => previewQueue(world.ctx, world.ana, terms({})));
    await expectRefused(world, 'forbidden', async () => readQueueSettings(world.ctx, world.ana));
    await expectNoChange(world, () => set(1, {}));
  });
});
