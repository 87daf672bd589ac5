import { io, type Socket } from 'socket.io-client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { signVisitorToken } from '@/lib/crypto/visitor-token';
import { type Answer, PROTOCOL_VERSION, SOCKET_PATH } from '@/lib/protocol';
import { openTestWorld, type TestWorld } from '@/lib/services/testing';
import type { TestServerProcess } from '@/lib/setup/test-world.mjs';
import { startTestServerProcess } from '@/lib/setup/test-world.mjs';

const CUSTOMERS = 500;
const HOUR = 3_600_000;

/** One agent, one time, five hundred customers on two server processes who press at the same moment. */
describe('booking race over two server processes on one database', () => {
  let world: TestWorld;
  const servers: TestServerProcess[] = [];
  const sockets: Socket[] = [];

  beforeAll(async () => {
    world = await openTestWorld();
    await world.ctx.db.query('update users set disabled_at = now() where id = $1::uuid', [world.ben.id]);
    await world.ctx.directory.refresh();
    const env = { BATON_SECRET: world.secret, LOG_LEVEL: 'error' };
    for (let index = 0; index < 2; index++) {
      servers.push(await startTestServerProcess({ databaseUrl: world.databaseUrl, env }));
    }
  });
  afterAll(async () => {
    for (const socket of sockets) socket.disconnect();
    for (const server of servers) await server.close();
    await world?.close();
  });

  it(`${CUSTOMERS} want one time: one has it, and every other is told`, async () => {
    const startAt = Math.ceil((Date.now() + HOUR) / HOUR) * HOUR;
    const customers: { socket: Socket; handoffId: string }[] = [];
    for (let index = 0; index < CUSTOMERS; index++) {
      const { visitor, handoffId } = await world.conversation('offered');
      const token = signVisitorToken(world.ctx.keys.visitor, {
        visitorId: visitor.id,
        widgetId: world.widgetId,
        issuedAt: Date.now(),
      });
      const socket = await connected(servers[index % 2]?.baseUrl ?? '', token, index);
      sockets.push(socket);
      customers.push({ socket, handoffId });
    }
    const answers = await Promise.all(
      customers.map(
        ({ socket, handoffId }, index): Promise<Answer<{ email: string }>> =>
          socket.timeout(60_000).emitWithAck('callback:book', {
            handoffId,
            channel: 'voice',
            startAt,
            phone: '+44 20 7946 0018',
            email: `customer${index}@post.example`,
            timeZone: 'Europe/London',
          }),
      ),
    );
    expect(answers.filter((answer) => answer.ok)).toHaveLength(1);
    for (const answer of answers) {
      if (!answer.ok)
        expect(answer.error).toMatchObject({
          code: 'limit',
          message: expect.stringMatching(/just been taken/),
        });
    }
    const [held] = await world.ctx.db.query<{
      calls: number;
      events: number;
      mails: number;
      scheduled: number;
    }>(
      `select (select count(*)::int from callbacks) as calls,
         (select count(*)::int from events where kind = 'callback.booked') as events,
         (select count(*)::int from outbox) as mails,
         (select count(*)::int from handoffs where state = 'scheduled') as scheduled`,
    );
    expect(held).toEqual({ calls: 1, events: 1, mails: 1, scheduled: 1 });
  });

  it('control: without the constraint a time that was seen to be free is given to several', async () => {
    await world.ctx.db.query('alter table callbacks drop constraint callbacks_apart');
    const [agent] = await world.ctx.db.query<{ id: string }>(
      'select id from users where disabled_at is null limit 1',
    );
    const made = await Promise.all(Array.from({ length: 10 }, () => world.conversation('offered')));
    const startAt = new Date(Date.now() + 48 * HOUR);
    const take = async ({ conversationId, handoffId }: (typeof made)[number]) => {
      const seen = await world.ctx.db.query('select 1 from callbacks where start_at = $1::timestamptz', [
        startAt,
      ]);
      if (seen.length > 0) return false;
      await world.ctx.db.query(
        `insert into callbacks (id, conversation_id, handoff_id, team_id, agent_id, channel, state, start_at, end_at, held_until, late_at, time_zone, team_time_zone, created_at)
         values ($1::uuid, $2::uuid, $3::uuid, $4::uuid, $5::uuid, 'voice', 'booked', $6::timestamptz, $7::timestamptz, $7::timestamptz, $7::timestamptz, 'UTC', 'UTC', now())`,
        [
          world.ctx.newId(),
          conversationId,
          handoffId,
          world.teams.returns,
          agent?.id ?? '',
          startAt,
          new Date(startAt.getTime() + HOUR),
        ],
      );
      return true;
    };
    const taken = await Promise.all(made.map(take));
    expect(taken.filter(Boolean).length).toBeGreaterThan(1);
  });
});

/** Each from an address of their own, as customers are. */
async function connected(baseUrl: string, token: string, index: number): Promise<Socket> {
  const socket = io(`${baseUrl}/visitor`, {
    path: SOCKET_PATH,
    transports: ['websocket'],
    forceNew: true,
    auth: { protocol: PROTOCOL_VERSION, widget: 'shop', token },
    extraHeaders: { 'x-forwarded-for': `10.0.${Math.floor(index / 250)}.${index % 250}` },
  });
  await new Promise<void>((resolve, reject) => {
    socket.once('connect', resolve);
    socket.once('connect_error', reject);
  });
  return socket;
}
