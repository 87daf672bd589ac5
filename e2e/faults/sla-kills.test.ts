import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { DEFAULT_SLA_POLICY, type SlaPolicy } from '@/lib/domain/sla-policy';
import { openTestWorld, type TestWorld } from '@/lib/services/testing';
import { startTestServerProcess, type TestServerProcess } from '@/lib/setup/test-world.mjs';

const ROUNDS = 10;
const DEADLINES = 10;
const TARGET_MS = 5000;
/** The deadlines of a round pass one after another, from a second after they were made. */
const APART_MS = 50;
const POINTS = ['before-commit', 'after-commit', 'published'] as const;
/** In every fourth round both are at work from the start; in the others the marks are the killed one's until it dies. */
const BOTH_AT_WORK = 4;

interface Mark {
  handoff: string;
  mark: 'at_risk' | 'breach';
  due: number;
  started: number;
  told: number;
}

/**
 * Two server processes keep the clocks of a hundred handoffs while one of them is killed in every round: before a mark is
 * written, after it is written and before anybody is told, and after that.
 */
describe('the clocks under kills, over two server processes on one database', () => {
  let world: TestWorld;
  const servers: TestServerProcess[] = [];

  beforeAll(async () => {
    world = await openTestWorld();
    const targets = { firstResponseMs: TARGET_MS, nextResponseMs: null, resolutionMs: null };
    const policy: SlaPolicy = {
      ...DEFAULT_SLA_POLICY,
      version: 2,
      targets: { 1: targets, 2: targets, 3: targets, 4: targets },
    };
    await world.ctx.db.query(
      `insert into settings (key, value, updated_at) values ('sla.policy', $1::jsonb, now())`,
      [policy],
    );
    await world.ctx.settings.refresh();
    const env = { BATON_SECRET: world.secret, LOG_LEVEL: 'error' };
    for (let index = 0; index < 2; index++) {
      servers.push(await startTestServerProcess({ databaseUrl: world.databaseUrl, env }));
    }
  });
  afterAll(async () => {
    for (const server of servers) await server.close();
    await world?.close();
  });

  const marks = async (): Promise<Mark[]> =>
    world.ctx.db.query<Mark>(
      `select payload->>'handoffId' as handoff, payload->>'mark' as mark, (payload->>'dueAt')::float8 as due,
         (payload->>'startedAt')::float8 as started, (extract(epoch from at) * 1000)::float8 as told
       from events where kind = 'sla.marked'`,
    );

  /** Each is at risk soon and breached a second later. */
  const make = async () => {
    const soon = Date.now() + 1000 - 0.8 * TARGET_MS;
    for (let index = 0; index < DEADLINES; index++) {
      world.clock.now = soon + index * APART_MS;
      await world.conversation('pending');
    }
  };

  it(`${ROUNDS * DEADLINES} deadlines: each at risk and breached once, none early`, async () => {
    const [survivor, killed] = servers;
    if (!survivor?.pid || !killed) throw new Error('Two servers are needed');
    let atPoint = 0;
    for (let round = 0; round < ROUNDS; round++) {
      const point = POINTS[round % POINTS.length];
      await killed.restart({ BATON_FAILPOINT: `${point}:${1 + (round % 4)}` });
      const isHeld = round % BOTH_AT_WORK !== BOTH_AT_WORK - 1;
      if (isHeld) process.kill(survivor.pid, 'SIGSTOP');
      await make();
      if (isHeld) {
        await killed.ended();
        process.kill(survivor.pid, 'SIGCONT');
      }
      const told = 2 * DEADLINES * (round + 1);
      const done = vi.waitUntil(async () => (await marks()).length >= told, {
        timeout: 60_000,
        interval: 50,
      });
      const died = await Promise.race([killed.ended().then(() => true), done.then(() => false)]);
      if (died) atPoint++;
      await done;
      await killed.kill();
    }
    // Somewhere in a mark, not only between two of them.
    expect(atPoint).toBeGreaterThan(5);

    const all = await marks();
    expect(all).toHaveLength(2 * ROUNDS * DEADLINES);
    expect(new Set(all.map(({ handoff, mark }) => `${handoff} ${mark}`)).size).toBe(2 * ROUNDS * DEADLINES);
    for (const { mark, due, started, told } of all) {
      expect(due).toBe(started + TARGET_MS);
      expect(told).toBeGreaterThanOrEqual(mark === 'breach' ? due : started + 0.8 * TARGET_MS);
    }
    const left = await world.ctx.db.query(`select key from timers where kind = 'sla.due'`);
    expect(left).toEqual([]);
  });
});
