import { type ChildProcess, fork } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { build } from 'esbuild';
import { io } from 'socket.io-client';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Visitor } from '@/lib/client/core/visitor-store';
import { openTestWorld, type TestWorld } from '@/lib/services/testing';
import { startTestServerProcess, type TestServerProcess } from '@/lib/setup/test-world.mjs';
import { openVisitor } from './clients';

const POINTS = [
  'received',
  'before-commit',
  'after-commit',
  'published',
  'acknowledged',
  'any moment',
] as const;
const KILLS_A_POINT = 10;
const VISITORS = 12;
const MESSAGES_A_KILL = 2;

/**
 * The server is killed as a power cut would, at six points of the message path, while the widget's own client writes. What
 * was acknowledged is there, once, in the order of writing; every view equals the store.
 */
describe('kill -9 on the message path', () => {
  let world: TestWorld;
  let server: TestServerProcess;
  const visitors: { visitor: Visitor; written: string[] }[] = [];

  beforeAll(async () => {
    world = await openTestWorld();
    server = await startTestServerProcess({
      databaseUrl: world.databaseUrl,
      env: { BATON_SECRET: world.secret, LOG_LEVEL: 'error' },
    });
  });
  afterAll(async () => {
    for (const { visitor } of visitors) visitor.close();
    await server?.close();
    await world?.close();
  });

  it(`${POINTS.length * KILLS_A_POINT} kills: nothing lost, nothing doubled, no gap, every view equal to the store`, async () => {
    for (let index = 0; index < VISITORS; index++) {
      visitors.push({ visitor: openVisitor(server.baseUrl), written: [] });
    }
    let kills = 0;
    for (const [place, point] of POINTS.entries()) {
      for (let round = 0; round < KILLS_A_POINT; round++) {
        const passes = 1 + ((round * 11 + place * 3) % 53);
        await startedOrKilled(
          server.restart(point === 'any moment' ? {} : { BATON_FAILPOINT: `${point}:${passes}` }),
        );
        for (const { visitor, written } of visitors) {
          visitor.reconnect();
          for (let count = 0; count < MESSAGES_A_KILL; count++) {
            const body = `message ${written.length + 1} ${randomUUID()}`;
            written.push(body);
            visitor.send(body);
          }
        }
        if (point === 'any moment') await anyMoment(passes, () => server.kill());
        await Promise.race([server.ended(), allArrived(visitors)]);
        await server.kill();
        kills++;
      }
    }
    await server.restart({});
    for (const { visitor } of visitors) visitor.reconnect();
    await allArrived(visitors);
    expect(kills).toBe(POINTS.length * KILLS_A_POINT);
    for (const { visitor, written } of visitors) await check(world, visitor, written);
    const [gaps] = await world.ctx.db.query<{ gaps: number }>(
      `select count(*)::int as gaps from (select conversation_id, count(*) as events, max(seq) as last from events group by 1) e
       join conversations c on c.id = e.conversation_id where e.events <> e.last or c.seq <> e.last`,
    );
    expect(gaps?.gaps).toBe(0);
    const verified = JSON.parse(await server.cli('audit', 'verify', '--json'));
    expect(verified.faults).toEqual([]);
  });
});

/** What was still on its way may reach the point before the server is asked whether it is ready. */
async function startedOrKilled(start: Promise<void>): Promise<void> {
  await start.catch((error: unknown) => {
    if (!(error instanceof Error && error.message.startsWith('The server ended at its start'))) throw error;
  });
}

async function anyMoment(passes: number, kill: () => Promise<void>): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, passes * 9));
  await kill();
}

/** Every outbox is empty: what was written has been acknowledged and seen again in the log. */
async function allArrived(visitors: readonly { visitor: Visitor; written: string[] }[]): Promise<void> {
  await vi.waitFor(
    () => {
      for (const { visitor, written } of visitors) {
        const { pending, conversation } = visitor.store.getState();
        expect(pending).toEqual([]);
        expect(ownBodies(conversation?.events ?? []).at(-1)).toBe(written.at(-1));
      }
    },
    { timeout: 90_000, interval: 30 },
  );
}

async function check(world: TestWorld, visitor: Visitor, written: readonly string[]): Promise<void> {
  const { conversation } = visitor.store.getState();
  if (conversation === null) throw new Error('The visitor has no conversation');
  const rows = await world.ctx.db.query<{ body: string; author: string; visible_seq: number }>(
    `select m.body, m.author, e.visible_seq from messages m join events e on e.conversation_id = m.conversation_id and e.seq = m.seq
     where m.conversation_id = $1::uuid order by m.seq`,
    [conversation.conversationId],
  );
  expect(rows.filter((row) => row.author === 'visitor').map((row) => row.body)).toEqual(written);
  const stored = new Map(rows.map((row) => [row.visible_seq, row.body]));
  const seen = conversation.events.flatMap((event) => (event.kind === 'message' ? [event] : []));
  expect(seen.map((event) => [event.seq, event.message.body])).toEqual(
    seen.map((event) => [event.seq, stored.get(event.seq)]),
  );
  const seqs = conversation.events.map((event) => event.seq);
  expect(seqs).toEqual(seqs.map((_, index) => (seqs[0] ?? 1) + index));
  expect(seqs.at(-1)).toBe(conversation.seq);
}

function ownBodies(events: readonly { kind: string }[]): string[] {
  return events.flatMap((event) =>
    event.kind === 'message' && 'message' in event && isOwn(event.message) ? [event.message.body] : [],
  );
}

function isOwn(message: unknown): message is { author: 'visitor'; body: string } {
  return (
    typeof message === 'object' && message !== null && 'author' in message && message.author === 'visitor'
  );
}

/** A zero is worth what its checker can find: two servers that do it wrong must be caught. */
describe('the checker finds a server that does it wrong', () => {
  let world: TestWorld;
  let folder: string;
  let bundle: string;

  beforeAll(async () => {
    world = await openTestWorld();
    await world.ctx.db.query('create table control_messages (client_id text not null, body text not null)');
    folder = mkdtempSync(path.join(tmpdir(), 'baton-control-'));
    bundle = path.join(folder, 'control-server.cjs');
    await build({
      entryPoints: ['e2e/faults/control-server.ts'],
      outfile: bundle,
      bundle: true,
      platform: 'node',
      logLevel: 'error',
    });
  });
  afterAll(async () => {
    rmSync(folder, { recursive: true, force: true });
    await world?.close();
  });

  it('control: acknowledging before storing loses', async () => {
    const { lost } = await runControl('early');
    expect(lost).toBeGreaterThan(0);
  });

  it('control: storing without looking for a repeat doubles', async () => {
    const { doubled } = await runControl('blind');
    expect(doubled).toBeGreaterThan(0);
  });

  async function runControl(mode: 'early' | 'blind') {
    await world.ctx.db.query('delete from control_messages');
    const port = await freePort();
    const written: string[] = [];
    for (let kill = 0; kill < 8; kill++) {
      const child = await startControl(mode, port, 3 + kill);
      for (let index = 0; index < 6; index++) {
        const clientId = randomUUID();
        const acked = await sendUntilDead(port, clientId, child);
        if (acked === 'acknowledged') written.push(clientId);
        else {
          const next = await startControl(mode, port, 1000);
          if ((await sendUntilDead(port, clientId, next)) === 'acknowledged') written.push(clientId);
          next.kill('SIGKILL');
          break;
        }
      }
      child.kill('SIGKILL');
    }
    const rows = await world.ctx.db.query<{ client_id: string; times: number }>(
      'select client_id, count(*)::int as times from control_messages group by 1',
    );
    const stored = new Map(rows.map((row) => [row.client_id, row.times]));
    return {
      lost: written.filter((clientId) => !stored.has(clientId)).length,
      doubled: rows.filter((row) => row.times > 1).length,
    };
  }

  async function startControl(mode: string, port: number, dieAfter: number): Promise<ChildProcess> {
    const child = fork(bundle, [mode, String(port), world.databaseUrl, String(dieAfter)], {
      stdio: 'inherit',
    });
    await new Promise((resolve) => child.once('message', resolve));
    return child;
  }
});

async function sendUntilDead(
  port: number,
  clientId: string,
  child: ChildProcess,
): Promise<'acknowledged' | 'dead'> {
  const socket = io(`http://127.0.0.1:${port}`, {
    transports: ['websocket'],
    forceNew: true,
    reconnection: false,
  });
  try {
    return await Promise.race([
      socket.emitWithAck('send', { clientId, body: 'hello' }).then(
        () => 'acknowledged' as const,
        () => 'dead' as const,
      ),
      new Promise<'dead'>((resolve) => child.once('exit', () => resolve('dead'))),
    ]);
  } finally {
    socket.disconnect();
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() =>
        address && typeof address === 'object' ? resolve(address.port) : reject(new Error('no port')),
      );
    });
  });
}
