import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AppError } from '@/lib/services/errors';
import { cancel } from '@/lib/services/handoff/cancel';
import { openTestWorld, type TestWorld } from '@/lib/services/testing';
import type { TestServerProcess } from '@/lib/setup/test-world.mjs';
import { startTestServerProcess } from '@/lib/setup/test-world.mjs';
import { connectDesk, type DeskSocket } from './clients';

const CONTESTS = 500;
const CLAIMERS = 5;
const DESKS = 40;
const AT_ONCE = 4;

type Pending = Awaited<ReturnType<TestWorld['conversation']>>;

/**
 * One pending handoff, five claimers on two server processes and a customer who leaves, all at the same moment. Whoever
 * the database says was first has it; everyone else is told.
 */
describe('claim race over two server processes on one database', () => {
  let world: TestWorld;
  const servers: TestServerProcess[] = [];
  const desks: DeskSocket[] = [];

  beforeAll(async () => {
    world = await openTestWorld();
    const env = { BATON_SECRET: world.secret, LOG_LEVEL: 'error' };
    for (let index = 0; index < 2; index++) {
      servers.push(await startTestServerProcess({ databaseUrl: world.databaseUrl, env }));
    }
    for (let index = 0; index < DESKS; index++) {
      const agent = await world.agent(`Agent ${index}`);
      desks.push(await connectDesk(world, agent, servers[index % 2]?.baseUrl ?? ''));
    }
  });
  afterAll(async () => {
    for (const desk of desks) desk.close();
    for (const server of servers) await server.close();
    await world?.close();
  });

  it(`${CONTESTS} contests: exactly one owner each, one event each, every loser told`, async () => {
    const pending: Pending[] = [];
    for (let index = 0; index < CONTESTS; index++) pending.push(await world.conversation('pending'));
    const results = { claimed: 0, cancelled: 0, told: 0 };
    let next = 0;
    const worker = async () => {
      for (let index = next++; index < CONTESTS; index = next++) {
        const contest = pending[index];
        if (contest) await hold(world, contest, claimersOf(desks, index), results);
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, worker));
    expect(results.claimed + results.cancelled).toBe(CONTESTS);
    expect(results.told).toBe(CONTESTS * CLAIMERS - results.claimed);
    expect(results.claimed).toBeGreaterThan(0);
    expect(results.cancelled).toBeGreaterThan(0);

    const ends = await world.ctx.db.query<{
      id: string;
      ends: number;
      state: string;
      agent_id: string | null;
    }>(
      `select c.id, c.state, c.agent_id, (select count(*)::int from events e where e.conversation_id = c.id
         and e.kind in ('handoff.claimed', 'handoff.cancelled')) as ends from conversations c`,
    );
    expect(ends).toHaveLength(CONTESTS);
    expect(ends.every((row) => row.ends === 1)).toBe(true);
    expect(ends.every((row) => (row.state === 'active') === (row.agent_id !== null))).toBe(true);
    const [open] = await world.ctx.db.query<{ wrong: number }>(
      `select count(*)::int as wrong from handoffs h join conversations c on c.id = h.conversation_id
       where (h.state = 'claimed') <> (c.state = 'active') or h.agent_id is distinct from c.agent_id`,
    );
    expect(open?.wrong).toBe(0);
  });

  it('control: reading first and writing later lets several win', async () => {
    let several = 0;
    for (let index = 0; index < 40; index++) {
      const contest = await world.conversation('pending');
      const won = await Promise.all(
        claimersOf(desks, index).map((desk) =>
          claimByReadingFirst(world, contest.conversationId, desk.agent.id),
        ),
      );
      if (won.filter(Boolean).length > 1) several++;
    }
    expect(several).toBeGreaterThan(20);
  });
});

function claimersOf(desks: readonly DeskSocket[], index: number): DeskSocket[] {
  return Array.from(
    { length: CLAIMERS },
    (_, place) => desks[(index * CLAIMERS + place) % desks.length],
  ).filter((desk) => desk !== undefined);
}

async function hold(
  world: TestWorld,
  { conversationId, handoffId, visitor }: Pending,
  claimers: readonly DeskSocket[],
  results: { claimed: number; cancelled: number; told: number },
): Promise<void> {
  const [left, ...answers] = await Promise.all([
    cancel(world.ctx, visitor, { handoffId }).then(
      () => true,
      (error: unknown) => {
        if (error instanceof AppError) return false;
        throw error;
      },
    ),
    ...claimers.map((desk) => desk.ask('handoff:claim', { conversationId, handoffId })),
  ]);
  const winners = claimers.filter((_, index) => answers[index]?.ok);
  expect(winners.length + Number(left)).toBe(1);
  results.claimed += winners.length;
  results.cancelled += Number(left);
  for (const answer of answers) {
    if (answer.ok) continue;
    expect(answer.error.code).toBe('conflict');
    const [winner] = winners;
    if (winner) expect(answer.error.winner?.name).toBe(winner.agent.name);
    else expect(answer.error.message).toMatch(/left|with the bot/);
    results.told++;
  }
  const [row] = await world.ctx.db.query<{ agent_id: string | null }>(
    'select agent_id from conversations where id = $1::uuid',
    [conversationId],
  );
  expect(row?.agent_id ?? null).toBe(winners[0]?.agent.id ?? null);
}

/** What the commit must never be: look, then write what was seen. */
async function claimByReadingFirst(
  world: TestWorld,
  conversationId: string,
  agentId: string,
): Promise<boolean> {
  const [seen] = await world.ctx.db.query<{ state: string }>(
    'select state from conversations where id = $1::uuid',
    [conversationId],
  );
  if (seen?.state !== 'pending') return false;
  await world.ctx.db.query(
    `update conversations set state = 'active', agent_id = $2::uuid where id = $1::uuid`,
    [conversationId, agentId],
  );
  return true;
}
