import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Visitor } from '@/lib/client/core/visitor-store';
import type { AgentActor } from '@/lib/domain/actor';
import { presenceTimes } from '@/lib/domain/presence';
import { DEFAULT_QUEUE_SETTINGS } from '@/lib/domain/queue-settings';
import { openTestWorld, type TestWorld } from '@/lib/services/testing';
import { startTestServerProcess, type TestServerProcess } from '@/lib/setup/test-world.mjs';
import { connectDesk, type DeskSocket, openVisitor } from './clients';

/** Short, so that nobody waits: what must hold between them is the same. */
const GRACE_MS = 1200;
const { leaseMs: LEASE_MS } = presenceTimes(GRACE_MS);
const HELD = 3;

/** An agent with a desk on each of two servers on one database, and customers who talk to them. */
describe('an agent whose servers are killed', () => {
  let world: TestWorld;
  let sam: AgentActor;
  const servers: TestServerProcess[] = [];
  const visitors: Visitor[] = [];
  const desks: DeskSocket[] = [];

  beforeEach(async () => {
    world = await openTestWorld();
    // The servers go by the clock on the wall, and so does what is written here.
    world.clock.now = Date.now();
    sam = await world.agent('Sam Keller');
    await world.ctx.db.query(
      `insert into settings (key, value, updated_at) values ('queue', $1::jsonb, now())`,
      [{ ...DEFAULT_QUEUE_SETTINGS, graceMs: GRACE_MS }],
    );
    await start();
    await start();
  });
  afterEach(async () => {
    for (const desk of desks.splice(0)) desk.close();
    for (const visitor of visitors.splice(0)) visitor.close();
    for (const server of servers.splice(0)) await server.close();
    await world.close();
  });

  const start = async (env: Record<string, string> = {}) => {
    const server = await startTestServerProcess({
      databaseUrl: world.databaseUrl,
      env: { BATON_SECRET: world.secret, LOG_LEVEL: 'error', ...env },
    });
    servers.push(server);
    return server;
  };
  const deskOn = async (index: number) => {
    const desk = await connectDesk(world, sam, servers[index]?.baseUrl ?? '');
    desks.push(desk);
    return desk;
  };
  /** A customer in the widget who asked for a person, and whom Sam has claimed. */
  const helped = async (desk: DeskSocket, baseUrl: string) => {
    const visitor = openVisitor(baseUrl);
    visitors.push(visitor);
    visitor.send('My pole broke. I want to talk to a person.');
    visitor.requestPerson();
    await vi.waitFor(() => expect(state(visitor)?.handoff).toMatchObject({ state: 'offered' }), WAIT);
    // The event may be here before the answer to the request; until then the widget's buttons rest.
    await vi.waitFor(() => expect(visitor.store.getState().busy).toBeNull(), WAIT);
    visitor.accept('later');
    await vi.waitFor(() => expect(state(visitor)?.state).toBe('pending'), WAIT);
    const conversationId = state(visitor)?.conversationId ?? '';
    const handoffId = state(visitor)?.handoff?.id ?? '';
    const answer = await desk.ask('handoff:claim', { conversationId, handoffId });
    expect(answer).toMatchObject({ ok: true });
    return { visitor, conversationId };
  };
  const drops = async () => {
    const rows = await world.ctx.db.query<{ id: string; state: string; times: number }>(
      `select c.id, c.state, (select count(*)::int from events e where e.conversation_id = c.id and e.kind = 'handoff.dropped') as times
       from conversations c order by c.id`,
    );
    return rows.map(({ state, times }) => ({ state, times }));
  };
  const until = async () => {
    const [row] = await world.ctx.db.query<{ at: Date }>(
      'select connected_until as at from users where id = $1::uuid',
      [sam.id],
    );
    return row?.at.getTime() ?? 0;
  };

  it('one of two: nothing happens, since the other hears them; both: each conversation returns once, and the customer is told', async () => {
    const [desk] = [await deskOn(0), await deskOn(1)];
    const baseUrl = servers[1]?.baseUrl ?? '';
    const held: { visitor: Visitor; conversationId: string }[] = [];
    for (let index = 0; index < HELD; index++) held.push(await helped(desk, baseUrl));

    await servers[0]?.kill();
    const over = Date.now() + LEASE_MS + GRACE_MS;
    // Beyond the instant at which the killed server's word alone would have ended.
    await vi.waitFor(async () => expect(await until()).toBeGreaterThan(over + LEASE_MS), WAIT);
    expect(await drops()).toEqual(held.map(() => ({ state: 'active', times: 0 })));

    await servers[1]?.kill();
    for (const each of desks.splice(0)) each.close();
    await servers[1]?.restart();
    for (const { visitor } of held) {
      visitor.reconnect();
      await vi.waitFor(
        () =>
          expect(state(visitor)?.events.findLast((event) => event.kind === 'handoff')).toMatchObject({
            change: 'dropped',
            byName: 'Sam Keller',
          }),
        WAIT,
      );
      await vi.waitFor(() => expect(visitor.store.getState().position).not.toBeNull(), WAIT);
    }
    expect(await drops()).toEqual(held.map(() => ({ state: 'pending', times: 1 })));
    await expectWhole();
  });

  it('in the middle of the return, before and after a commit: nothing is doubled, nothing is left', async () => {
    const desk = await deskOn(0);
    const held: { visitor: Visitor; conversationId: string }[] = [];
    for (let index = 0; index < HELD; index++) held.push(await helped(desk, servers[0]?.baseUrl ?? ''));
    for (const each of desks.splice(0)) each.close();
    for (const visitor of visitors.splice(0)) visitor.close();
    for (const server of servers.splice(0)) await server.kill();

    for (const point of ['before-commit:2', 'after-commit:1']) {
      const server = await start({ BATON_FAILPOINT: point });
      await server.ended();
      // The killed server's lease of the timer is over: that is the clock moved on, not waited for.
      await world.ctx.db.query('update timers set locked_until = null, due_at = now()');
    }
    expect((await drops()).filter(({ times }) => times === 1)).toHaveLength(2);
    await start();
    await vi.waitFor(
      async () => expect(await drops()).toEqual(held.map(() => ({ state: 'pending', times: 1 }))),
      WAIT,
    );
    await expectWhole();
  });

  async function expectWhole(): Promise<void> {
    const rows = await world.ctx.db.query<{ load: number }>('select load from users where id = $1::uuid', [
      sam.id,
    ]);
    expect(rows).toEqual([{ load: 0 }]);
    const verified = JSON.parse((await servers.at(-1)?.cli('audit', 'verify', '--json')) ?? '{}');
    expect(verified.faults).toEqual([]);
  }
});

const WAIT = { timeout: 20_000, interval: 30 };
const state = (visitor: Visitor) => visitor.store.getState().conversation;
