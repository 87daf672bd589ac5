import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestWorld, type TestWorld } from '@/lib/services/testing';
import type { TestServerProcess } from '@/lib/setup/test-world.mjs';
import { startTestServerProcess } from '@/lib/setup/test-world.mjs';
import { connectDesk, type DeskSocket } from './clients';

const CONTESTS = 1000;
const AGENTS = 8;
/** Claims of different handoffs by one agent at the same moment, from a tab on each server. */
const CLAIMS = 4;
const CONTROL = 40;

interface Contender {
  tabs: readonly [DeskSocket, DeskSocket];
}

/**
 * An agent with one slot left claims several handoffs at once, over two server processes: one of them is theirs. The
 * slot is taken in the statement of the claim, so there is nothing between counting and writing.
 */
describe('the last slot of an agent, over two server processes on one database', () => {
  let world: TestWorld;
  const servers: TestServerProcess[] = [];
  const contenders: Contender[] = [];

  beforeAll(async () => {
    world = await openTestWorld();
    const env = { BATON_SECRET: world.secret, LOG_LEVEL: 'error' };
    for (let index = 0; index < 2; index++) {
      servers.push(await startTestServerProcess({ databaseUrl: world.databaseUrl, env }));
    }
    for (let index = 0; index < AGENTS; index++) {
      const agent = await world.agent(`Agent ${index}`, 'agent', undefined, 1);
      const [one, two] = servers;
      if (!one || !two) throw new Error('Two servers are needed');
      contenders.push({
        tabs: [await connectDesk(world, agent, one.baseUrl), await connectDesk(world, agent, two.baseUrl)],
      });
    }
  });
  afterAll(async () => {
    for (const { tabs } of contenders) for (const tab of tabs) tab.close();
    for (const server of servers) await server.close();
    await world?.close();
  });

  const waiting = async (count: number) => {
    const made = [];
    for (let index = 0; index < count; index++) {
      const { conversationId, handoffId } = await world.conversation('pending');
      made.push({ conversationId, handoffId });
    }
    return made;
  };

  it(`${CONTESTS} contests: never more than the capacity, and exactly one claim succeeds`, async () => {
    // The losers of a contest go on waiting, so one pool serves all of an agent's contests.
    const pools = await Promise.all(contenders.map(() => waiting(CLAIMS)));
    await Promise.all(
      contenders.map(async ({ tabs }, place) => {
        const pool = pools[place] ?? [];
        for (let contest = place; contest < CONTESTS; contest += AGENTS) {
          const answers = await Promise.all(
            pool.map((handoff, index) => tabs[index % 2 === 0 ? 0 : 1].ask('handoff:claim', handoff)),
          );
          const won = answers.flatMap((answer, index) => (answer.ok ? [{ index, answer }] : []));
          expect(won).toHaveLength(1);
          for (const answer of answers) if (!answer.ok) expect(answer.error.code).toBe('limit');
          const [winner] = won;
          const handoff = winner && pool[winner.index];
          if (!winner || !handoff) throw new Error('Nobody won');
          const [row] = await world.ctx.db.query<{ load: number; held: number }>(
            `select load, (select count(*)::int from conversations c where c.agent_id = u.id and c.state = 'active') as held
             from users u where u.id = $1::uuid`,
            [tabs[0].agent.id],
          );
          expect(row).toEqual({ load: 1, held: 1 });
          const ownerEpoch = winner.answer.data.ownerEpoch;
          const { conversationId } = handoff;
          // The slot is free again for the next contest: back to the queue by the same agent.
          const back = await tabs[0].ask('handoff:release', { conversationId, ownerEpoch });
          expect(back.ok).toBe(true);
        }
      }),
    );
    const [after] = await world.ctx.db.query<{ wrong: number }>(
      `select count(*)::int as wrong from users u where load <> (select count(*) from conversations c where c.agent_id = u.id and c.state = 'active')`,
    );
    expect(after?.wrong).toBe(0);
  });

  it('control: counting first and writing later exceeds the capacity', async () => {
    const agent = await world.agent('Control', 'agent', undefined, 1);
    let exceeded = 0;
    for (let contest = 0; contest < CONTROL; contest++) {
      const pool = await waiting(CLAIMS);
      await Promise.all(pool.map(({ conversationId }) => claimByCounting(world, conversationId, agent.id)));
      const held = await world.ctx.db.query<{ id: string }>(
        `update conversations set state = 'resolved' where agent_id = $1::uuid and state = 'active' returning id`,
        [agent.id],
      );
      if (held.length > 1) exceeded++;
    }
    expect(exceeded).toBeGreaterThan(CONTROL / 2);
  });
});

/** What a claim must never be: count, then write. */
async function claimByCounting(world: TestWorld, conversationId: string, agentId: string): Promise<void> {
  const [row] = await world.ctx.db.query<{ held: number; capacity: number }>(
    `select capacity, (select count(*)::int from conversations c where c.agent_id = u.id and c.state = 'active') as held
     from users u where u.id = $1::uuid`,
    [agentId],
  );
  if (!row || row.held >= row.capacity) return;
  await world.ctx.db.query(
    `update conversations set state = 'active', agent_id = $2::uuid where id = $1::uuid and state = 'pending'`,
    [conversationId, agentId],
  );
}
