import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import postgres from 'postgres';
import { afterEach, beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { embeddedDatabaseUrl, startPostgres } from '@/lib/setup/postgres.mjs';

const HOLDER = join(__dirname, 'hold-postgres.mjs');
let dataDir: string;

beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'baton-kills-'));
  chmodSync(dataDir, 0o755);
});

afterEach(async () => {
  for (const pid of serversOn(dataDir)) process.kill(pid, 'SIGKILL');
  await until(() => serversOn(dataDir).length === 0);
  rmSync(dataDir, { recursive: true });
});

/** The processes that run on a data folder, watchdogs included. */
function serversOn(folder: string): number[] {
  return readdirSync('/proc').flatMap((name) => {
    try {
      const command = readFileSync(`/proc/${name}/cmdline`, 'utf8');
      return /^\d+$/.test(name) && command.includes(`\0-D\0${folder}/pg18\0`) ? [Number(name)] : [];
    } catch {
      return [];
    }
  });
}

function isReady(folder: string): boolean {
  const file = join(folder, 'pg18/postmaster.pid');
  return existsSync(file) && readFileSync(file, 'utf8').includes('ready');
}

async function until(holds: () => boolean | Promise<boolean>, ms = 10_000): Promise<boolean> {
  const end = Date.now() + ms;
  while (!(await holds())) {
    if (Date.now() > end) return false;
    await delay(10);
  }
  return true;
}

function hold(...args: string[]): ChildProcess {
  const child = spawn(process.execPath, [HOLDER, dataDir, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  onTestFinished(() => {
    child.kill('SIGKILL');
  });
  return child;
}

async function said(child: ChildProcess): Promise<{ url: string; pid: number }> {
  const [line] = await once(child.stdout as NodeJS.ReadableStream, 'data');
  return JSON.parse(String(line));
}

async function kill(child: ChildProcess) {
  const gone = once(child, 'exit');
  child.kill('SIGKILL');
  await gone;
}

describe('the built-in Postgres, when its launcher is killed', () => {
  test('ends with it, loses nothing that was committed, and starts again', async () => {
    let acknowledged = 0;
    for (let round = 0; round < 6; round += 1) {
      const launcher = hold();
      const { url } = await said(launcher);
      const sql = postgres(url, { max: 1, onnotice: () => {} });
      await sql`create table if not exists kept (n int)`;
      expect(await sql`select count(*)::int as n from kept`).toEqual([{ n: acknowledged }]);
      for (let n = 0; n < 20; n += 1) {
        await sql`insert into kept values (${n})`;
        acknowledged += 1;
      }
      await kill(launcher);
      expect(await until(() => serversOn(dataDir).length === 0)).toBe(true);
      await sql.end({ timeout: 1 });
    }
  });

  test('ends with it also when the kill comes in the middle of a start', async () => {
    for (const wait of [20, 60, 90, 120, 150, 200, 300, 450]) {
      const launcher = hold();
      const complaint = once(launcher.stderr as NodeJS.ReadableStream, 'data').then(([text]) => String(text));
      const cut = delay(wait).then(() => kill(launcher));
      expect(await Promise.race([complaint, cut])).toBeUndefined();
      expect(await until(() => serversOn(dataDir).length === 0)).toBe(true);
    }
    const server = await startPostgres({ dataDir });
    await server.stop();
  });

  test('control: a server that was started without the watchdog lives on', async () => {
    const launcher = hold('bare');
    const { pid } = await said(launcher);
    await until(() => isReady(dataDir));
    await kill(launcher);
    expect(await until(() => serversOn(dataDir).length === 0, 1_500)).toBe(false);
    expect(serversOn(dataDir)).toContain(pid);
    // What the next start then does: it ends the stray server first.
    const server = await startPostgres({ dataDir });
    expect(serversOn(dataDir)).not.toContain(pid);
    await server.stop();
  });
});

describe('the built-in Postgres, when it is killed itself', () => {
  test.each([
    ['the server', (pids: number[], server: number) => pids.filter((pid) => pid === server)],
    ['its watchdog', (pids: number[], server: number) => pids.filter((pid) => pid !== server).slice(0, 1)],
    ['all of it', (pids: number[]) => pids],
  ])('comes back at the same address after the loss of %s', async (_, victims) => {
    const server = await startPostgres({ dataDir });
    onTestFinished(() => server.stop());
    const first = server.pid ?? 0;
    for (const pid of victims(serversOn(dataDir), first)) process.kill(pid, 'SIGKILL');
    const back = await until(async () => {
      if (server.pid === undefined || server.pid === first) return false;
      const sql = postgres(server.url, { max: 1, connect_timeout: 2, backoff: false });
      return await sql`select 1`
        .then(
          () => true,
          () => false,
        )
        .finally(() => sql.end({ timeout: 1 }));
    });
    expect(back).toBe(true);
    expect(embeddedDatabaseUrl(dataDir)).toBe(server.url);
  });

  test('is not found by a command after it was stopped', async () => {
    const server = await startPostgres({ dataDir });
    expect(embeddedDatabaseUrl(dataDir)).toBe(server.url);
    await server.stop();
    expect(embeddedDatabaseUrl(dataDir)).toBeUndefined();
    expect(serversOn(dataDir)).toEqual([]);
  });
});

test('a loopback address with a password serves where there are no Unix sockets', async () => {
  const server = await startPostgres({ dataDir, tcp: true });
  onTestFinished(() => server.stop());
  const sql = postgres(server.url, { max: 1 });
  expect(await sql`select current_database() as name`).toEqual([{ name: 'baton' }]);
  await sql.end();
  const stranger = new URL(server.url);
  stranger.password = 'guess';
  const refused = postgres(stranger.href, { max: 1 });
  await expect(refused`select 1`).rejects.toMatchObject({ code: '28P01' });
  await refused.end();
});
