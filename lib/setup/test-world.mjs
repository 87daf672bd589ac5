import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { createWriteStream, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { anyFreePort, productEnvironment, ROOT, SERVER_FLAGS } from './environment.mjs';
import { run } from './terminal.mjs';

const CLI = join(ROOT, 'dist', 'baton.js');

/** The secret of all test worlds of a run: a copied database holds hashes that were keyed with it. */
export const TEST_SECRET = '5ec2e7'.padEnd(64, '0');

/** A seeded database on a Postgres server, to be copied by `copyDatabase`. */
export async function makeSeededTemplate(serverUrl, { days = 3 } = {}) {
  const database = await createDatabase(serverUrl, `baton_world_${randomBytes(6).toString('hex')}`);
  const dataDir = mkdtempSync(join(tmpdir(), 'baton-world-'));
  try {
    const env = worldEnvironment({
      databaseUrl: database.url,
      dataDir,
      env: { BATON_SEED_DAYS: String(days) },
    });
    await run(process.execPath, [CLI, 'migrate'], { cwd: ROOT, env });
    await run(process.execPath, [CLI, 'seed', '--if-empty'], { cwd: ROOT, env });
  } finally {
    rmSync(dataDir, { recursive: true, force: true });
  }
  return database;
}

export async function createDatabase(serverUrl, name, template) {
  const postgres = createRequire(join(ROOT, 'package.json'))('postgres');
  const admin = postgres(serverUrl, { max: 1, onnotice: () => {} });
  try {
    await admin.unsafe(`create database "${name}"${template ? ` template "${template}"` : ''}`);
  } finally {
    await admin.end({ timeout: 5 });
  }
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  return {
    name,
    url: url.href,
    async drop() {
      const last = postgres(serverUrl, { max: 1, onnotice: () => {} });
      await last
        .unsafe(`drop database if exists "${name}" with (force)`)
        .finally(() => last.end({ timeout: 5 }));
    },
  };
}

/**
 * One server process of the product on a free port and a database that is there already. It ends with the test
 * process, however that ends.
 */
export async function startTestServerProcess({ databaseUrl, port, env = {}, readyWithinMs = 60_000 }) {
  const dataDir = mkdtempSync(join(tmpdir(), 'baton-world-'));
  mkdirSync(join(dataDir, 'logs'));
  const logFile = join(dataDir, 'logs', 'server.log');
  const ownPort = port ?? (await anyFreePort());
  const baseUrl = `http://127.0.0.1:${ownPort}`;
  const environment = (more) =>
    worldEnvironment({ databaseUrl, dataDir, port: ownPort, baseUrl, env: { ...env, ...more } });
  let child;

  async function start(more = {}) {
    const log = createWriteStream(logFile, { flags: 'a' });
    const started = spawn(
      process.execPath,
      [...SERVER_FLAGS, '--require', join(ROOT, 'lib/setup/follow-parent.cjs'), join(ROOT, 'dist/server.js')],
      { cwd: ROOT, env: environment(more), stdio: ['ignore', 'pipe', 'pipe', 'ipc'] },
    );
    started.stdout.pipe(log, { end: false });
    started.stderr.pipe(log, { end: false });
    started.once('close', () => log.end());
    child = started;
    const until = Date.now() + readyWithinMs;
    while (!(await isReady(`${baseUrl}/readyz`))) {
      if (hasEnded(started))
        throw new Error(`The server ended at its start:\n${readFileSync(logFile, 'utf8')}`);
      if (Date.now() > until) throw new Error(`The server is not ready:\n${readFileSync(logFile, 'utf8')}`);
      await delay(25);
    }
  }

  async function end(signal) {
    if (hasEnded(child)) return;
    const gone = new Promise((settle) => child.once('exit', settle));
    child.kill(signal);
    const late = setTimeout(() => child.kill('SIGKILL'), 15_000);
    await gone;
    clearTimeout(late);
  }

  async function close() {
    if (child) await end('SIGTERM');
    rmSync(dataDir, { recursive: true, force: true });
  }

  try {
    await start();
  } catch (error) {
    await close();
    throw error;
  }

  return {
    baseUrl,
    databaseUrl,
    dataDir,
    get pid() {
      return child.pid;
    },
    log: () => readFileSync(logFile, 'utf8'),
    /** Settles when the running process has ended, by whatever cause. */
    ended: () => (hasEnded(child) ? Promise.resolve() : new Promise((settle) => child.once('exit', settle))),
    /** Kills it at once, as a power cut would. */
    kill: () => end('SIGKILL'),
    /** Asks it to finish and waits until it has. */
    stop: () => end('SIGTERM'),
    /** Starts it again on the same port, after `kill` or `stop`, or stops it first. */
    async restart(more = {}) {
      await end('SIGTERM');
      await start(more);
    },
    /** Runs a command of the product's command line on the same database; answers what it printed. */
    cli: (...args) => run(process.execPath, [CLI, ...args], { cwd: ROOT, env: environment({}) }),
    close,
  };
}

function worldEnvironment({ databaseUrl, dataDir, port, baseUrl, env }) {
  return {
    ...productEnvironment({ dataDir, secret: TEST_SECRET, databaseUrl, host: '127.0.0.1', port, baseUrl }),
    // Each of many servers would load the model; tests that mean it ask for it.
    BATON_EMBEDDER: 'none',
    ...env,
  };
}

function hasEnded(child) {
  return child.exitCode !== null || child.signalCode !== null;
}

async function isReady(url) {
  try {
    const answer = await fetch(url, { signal: AbortSignal.timeout(5_000) });
    await answer.arrayBuffer();
    return answer.status === 200;
  } catch {
    return false;
  }
}
