import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AgentActor } from '@/lib/domain/actor';
import { cancel } from '@/lib/services/handoff/cancel';
import { findOrphans } from '@/lib/services/routing/orphans';
import { setRouting } from '@/lib/services/routing/testing';
import { logOf } from '@/lib/services/test-ledger';
import { openTestWorld, type TestWorld } from '@/lib/services/testing';
import { startTestServerProcess, type TestServerProcess } from '@/lib/setup/test-world.mjs';
import { connectDesk, type DeskSocket } from './clients';

const HANDOFFS = 60;
const AGENTS = 6;
const RING_MS = 1000;

interface Rung {
  conversationId: string;
  handoffId: string;
}
type Presence = { status: string; ring: Rung | null };

/**
 * Work is pushed over two server processes on one database while everything happens to it at once: accepted from a tab on
 * each server, declined as it rings out, taken by a colleague, left by the customer. Each ring has one end, each handoff
 * one owner, each slot its conversation.
 */
describe('rings over two server processes on one database', () => {
  let world: TestWorld;
  const servers: TestServerProcess[] = [];
  const desks: (readonly [DeskSocket, DeskSocket])[] = [];

  beforeAll(async () => {
    world = await openTestWorld();
    await setRouting(world, { mode: 'round_robin', ringMs: RING_MS });
    const agents: AgentActor[] = [];
    for (let index = 0; index < AGENTS; index++) {
      agents.push(await world.agent(`Agent ${index}`, 'agent', undefined, 2));
    }
    const env = { BATON_SECRET: world.secret, LOG_LEVEL: 'error' };
    for (let index = 0; index < 2; index++) {
      servers.push(await startTestServerProcess({ databaseUrl: world.databaseUrl, env }));
    }
    const [one, two] = servers;
    if (!one || !two) throw new Error('Two servers are needed');
    for (const agent of agents) {
      desks.push([
        await connectDesk(world, agent, one.baseUrl),
        await connectDesk(world, agent, two.baseUrl),
      ]);
    }
  });
  afterAll(async () => {
    for (const tabs of desks) for (const tab of tabs) tab.close();
    for (const server of servers) await server.close();
    await world?.close();
  });

  it(`${HANDOFFS} handoffs: every ring has one end, every handoff one owner, nobody is left without a next step`, async () => {
    const open = new Map<string, Awaited<ReturnType<TestWorld['conversation']>>>();
    const ended: string[] = [];
    let settle: () => void = () => {};
    const done = new Promise<void>((resolve) => {
      settle = resolve;
    });
    const close = (conversationId: string) => {
      if (open.delete(conversationId)) ended.push(conversationId);
      if (ended.length === HANDOFFS) settle();
    };
    const faults: unknown[] = [];
    const busy = new Set<string>();
    let turn = 0;

    /** What this agent does about what rings, a different thing each time. */
    async function answer([first, second]: readonly [DeskSocket, DeskSocket], ring: Rung): Promise<void> {
      const { conversationId, handoffId } = ring;
      const made = open.get(conversationId);
      const act = turn++ % 5;
      if (act === 0) {
        // It rings out; whoever let it is away until they say that they are back.
        return;
      }
      if (act === 1) await first.ask('ring:decline', { conversationId, handoffId });
      if (act === 2 && made) {
        // The customer leaves as the agent accepts.
        const [accepted] = await Promise.all([
          second.ask('ring:accept', { conversationId, handoffId }),
          cancel(world.ctx, made.visitor, { handoffId }).catch(() => null),
        ]);
        if (!accepted.ok) return close(conversationId);
        await resolveIt(first, conversationId, accepted.data.ownerEpoch);
      }
      if (act >= 3) {
        // A tab on each server accepts, a colleague claims it by hand.
        const rival = desks.find(([desk]) => desk.agent.id !== first.agent.id)?.[0];
        const answers = await Promise.all([
          first.ask('ring:accept', { conversationId, handoffId }),
          second.ask('ring:accept', { conversationId, handoffId }),
          ...(act === 4 && rival ? [rival.ask('handoff:claim', { conversationId, handoffId })] : []),
        ]);
        const epochs = new Set(answers.flatMap((each) => (each.ok ? [each.data.ownerEpoch] : [])));
        expect(epochs.size).toBeLessThanOrEqual(1);
        const [ownerEpoch] = epochs;
        if (ownerEpoch === undefined) return;
        const owner = answers[2]?.ok && rival ? rival : first;
        await resolveIt(owner, conversationId, ownerEpoch);
      }
    }
    async function resolveIt(desk: DeskSocket, conversationId: string, ownerEpoch: number): Promise<void> {
      const resolved = await desk.ask('handoff:resolve', { conversationId, ownerEpoch });
      expect(resolved).toMatchObject({ ok: true });
      close(conversationId);
    }
    for (const tabs of desks) {
      tabs[0].socket.on('agent:changed', ({ status, ring }: Presence) => {
        if (status === 'away') void tabs[0].ask('agent:setStatus', { status: 'available' });
        if (!ring || busy.has(`${tabs[0].agent.id}${ring.handoffId}`)) return;
        busy.add(`${tabs[0].agent.id}${ring.handoffId}`);
        answer(tabs, ring)
          .catch((error: unknown) => faults.push(error))
          .finally(() => busy.delete(`${tabs[0].agent.id}${ring.handoffId}`));
      });
    }
    for (let index = 0; index < HANDOFFS; index++) {
      const made = await world.conversation('pending');
      open.set(made.conversationId, made);
    }
    await done;
    expect(faults).toEqual([]);

    for (const conversationId of ended) {
      const kinds = (await logOf(world, conversationId)).map(({ kind }) => kind);
      const count = (kind: string) => kinds.filter((each) => each === kind).length;
      expect(count('handoff.claimed') + count('handoff.cancelled'), conversationId).toBe(1);
      // A ring ends unanswered, or with the claim or the cancelling; a colleague may have been first before any.
      expect(count('handoff.rang') - count('handoff.ringEnded'), conversationId).toBeLessThanOrEqual(1);
    }
    const [wrong] = await world.ctx.db.query<{ wrong: number; ringing: number }>(
      `select count(*) filter (where load <> (select count(*) from conversations c
          where (c.agent_id = u.id and c.state = 'active') or c.ring_agent_id = u.id))::int as wrong,
         (select count(*)::int from conversations where ring_agent_id is not null) as ringing from users u`,
    );
    expect(wrong).toEqual({ wrong: 0, ringing: 0 });
    expect(await findOrphans(world.ctx)).toEqual([]);
  });
});
