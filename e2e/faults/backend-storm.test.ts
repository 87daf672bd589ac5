import { randomUUID } from 'node:crypto';
import postgres from 'postgres';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { openTestWorld, type TestWorld } from '@/lib/services/testing';
import { startTestServerProcess, type TestServerProcess } from '@/lib/setup/test-world.mjs';
import { connectDesk, type DeskSocket } from './clients';

const DESKS = 8;
const KILLS = 300;

/**
 * The database's backends are killed one after the other while the desk writes. Each write is either there as a whole or
 * not at all, each request is answered, and the server needs nobody to get up again.
 */
describe('backend-kill storm', () => {
  let world: TestWorld;
  let server: TestServerProcess;
  const desks: DeskSocket[] = [];
  let killer: postgres.Sql;

  beforeAll(async () => {
    world = await openTestWorld();
    server = await startTestServerProcess({
      databaseUrl: world.databaseUrl,
      env: { BATON_SECRET: world.secret, LOG_LEVEL: 'error' },
    });
    for (let index = 0; index < DESKS; index++) {
      desks.push(await connectDesk(world, await world.agent(`Agent ${index}`), server.baseUrl));
    }
    killer = postgres(world.databaseUrl, {
      max: 1,
      onnotice: () => {},
      connection: { application_name: 'killer' },
    });
  });
  afterAll(async () => {
    for (const desk of desks) desk.close();
    await killer?.end({ timeout: 5 });
    await server?.close();
    await world?.close();
  });

  it(`${KILLS} kills: nothing half committed, every request answered, ready again by itself`, async () => {
    const conversations = await Promise.all(desks.map(() => world.conversation('pending')));
    const [own] = await world.ctx.db.query<{ pid: number }>('select pg_backend_pid() as pid');
    let storming = true;
    let killed = 0;
    const storm = async () => {
      while (killed < KILLS) {
        const rows = await killer<{ pid: number }[]>`
          select pid, pg_terminate_backend(pid) from pg_stat_activity
          where datname = current_database() and application_name = 'baton' and pid <> ${own?.pid ?? 0} and pid <> pg_backend_pid()
          order by random() limit 1`;
        killed += rows.length;
      }
      storming = false;
    };
    const acknowledged: string[] = [];
    const answers = { ok: 0, unavailable: 0, other: 0 };
    const write = async (desk: DeskSocket, conversationId: string) => {
      while (storming) {
        const clientId = randomUUID();
        const answer = await desk.ask('note:add', { conversationId, clientId, body: clientId });
        if (answer.ok) {
          answers.ok++;
          acknowledged.push(clientId);
        } else if (answer.error.code === 'unavailable') answers.unavailable++;
        else if (answer.error.code !== 'limit') answers.other++;
      }
    };
    await Promise.all([
      storm(),
      ...desks.map((desk, index) => write(desk, conversations[index]?.conversationId ?? '')),
    ]);
    expect(killed).toBeGreaterThanOrEqual(KILLS);
    expect(answers.other).toBe(0);
    expect(answers.ok).toBeGreaterThan(0);

    await vi.waitFor(async () => expect((await fetch(`${server.baseUrl}/readyz`)).status).toBe(200), {
      timeout: 20_000,
      interval: 50,
    });
    const stored = await killer<{ client_id: string; times: number }[]>`
      select client_id, count(*)::int as times from messages where kind = 'note' group by 1`;
    const times = new Map(stored.map((row) => [row.client_id, row.times]));
    expect(acknowledged.filter((clientId) => times.get(clientId) !== 1)).toEqual([]);
    const [half] = await killer<{ half: number }[]>`
      select count(*)::int as half from conversations c where
        c.seq <> (select count(*) from events e where e.conversation_id = c.id)
        or (select count(*) from messages m where m.conversation_id = c.id)
          <> (select count(*) from events e where e.conversation_id = c.id and e.kind in ('message.sent', 'note.added'))`;
    expect(half?.half).toBe(0);
    expect(JSON.parse(await server.cli('audit', 'verify', '--json')).faults).toEqual([]);
  });
});
