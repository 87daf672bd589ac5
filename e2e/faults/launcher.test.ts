import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, relative, resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, onTestFinished, test } from 'vitest';

const ROOT = resolve(__dirname, '../..');
let dataDir: string;
const launched: Launcher[] = [];

beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'baton-start-'));
  chmodSync(dataDir, 0o755);
});

afterEach(async () => {
  for (const { child } of launched) child.kill('SIGKILL');
  await Promise.all(launched.splice(0).map(({ ended }) => ended));
  expect(await nothingLeft()).toEqual([]);
  rmSync(dataDir, { recursive: true });
});

function environment(more: Record<string, string> = {}): NodeJS.ProcessEnv {
  const { DATABASE_URL: _url, PORT: _port, npm_lifecycle_event: _npm, ...inherited } = process.env;
  return { ...inherited, BATON_DATA_DIR: dataDir, BATON_DEMO: '0', ...more };
}

interface Launcher {
  child: ChildProcess;
  output(): string;
  ended: Promise<number | string>;
}

function launch(more: Record<string, string> = {}): Launcher {
  const child = spawn(process.execPath, ['lib/setup/start.mjs'], {
    cwd: ROOT,
    env: environment(more),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk) => {
      output += chunk;
    });
  }
  const ended = once(child, 'exit').then(([code, signal]) => signal ?? code);
  const launcher = { child, output: () => output, ended };
  launched.push(launcher);
  return launcher;
}

async function ready(launcher: Launcher): Promise<string> {
  await until(() => /^Docs/m.test(launcher.output()) || launcher.child.exitCode !== null, 100_000);
  const [, url] = /^Shop +(\S+)\/shop$/m.exec(launcher.output()) ?? [];
  if (url === undefined) throw new Error(`Not started:\n${launcher.output()}`);
  return url;
}

interface Running {
  pid: number;
  command: string;
}

/** Every process that works on the data folder, by its command line or its environment. */
function leftBy(folder: string): Running[] {
  return readdirSync('/proc').flatMap((name) => {
    if (!/^\d+$/.test(name) || Number(name) === process.pid) return [];
    try {
      const [command = '', environ] = ['cmdline', 'environ'].map((file) =>
        readFileSync(`/proc/${name}/${file}`, 'utf8'),
      );
      const works = command.includes(`${folder}/`) || environ?.includes(`BATON_DATA_DIR=${folder}\0`);
      return works ? [{ pid: Number(name), command: command.replaceAll('\0', ' ') }] : [];
    } catch {
      return [];
    }
  });
}

/** What still runs after a moment in which the system may clear away what has just ended. */
async function nothingLeft(): Promise<Running[]> {
  await until(() => leftBy(dataDir).length === 0, 5_000);
  return leftBy(dataDir);
}

async function until(holds: () => boolean | Promise<boolean>, ms = 15_000): Promise<boolean> {
  const end = Date.now() + ms;
  while (!(await holds())) {
    if (Date.now() > end) return false;
    await delay(20);
  }
  return true;
}

const isUp = (url: string) =>
  fetch(`${url}/readyz`).then(
    ({ status }) => status === 200,
    () => false,
  );

/** Names, sizes and times of all that the launcher itself writes, the logs and the database's own files apart. */
function contents(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => !/\/(pg18|logs|run,?)\//.test(path))
    .map((path) => `${relative(folder, path)} ${statSync(path).size} ${statSync(path).mtimeMs}`)
    .sort();
}

describe('npm start', () => {
  test('says where everything is, and leaves nothing running after Ctrl-C', async () => {
    const launcher = launch();
    const url = await ready(launcher);
    expect(await isUp(url)).toBe(true);
    const lines = launcher.output().trim().split('\n').slice(-4);
    expect(lines.map((line) => line.split(' ')[0])).toEqual(['Desk', 'Shop', 'Data', 'Docs']);
    expect(lines[0]).toMatch(/^Desk +http:\/\/127\.0\.0\.1:\d+\/\S+token=\S+$/);
    expect(lines[2]).toContain(dataDir);
    expect(statSync(join(dataDir, 'secret')).mode & 0o777).toBe(0o600);
    launcher.child.kill('SIGINT');
    launcher.child.kill('SIGINT');
    expect(await launcher.ended).toBe(0);
    expect(await nothingLeft()).toEqual([]);
  });

  test('refuses a second start of the same folder in one line and touches nothing', async () => {
    const first = launch();
    const url = await ready(first);
    const before = contents(dataDir);
    const second = launch();
    expect(await second.ended).toBe(1);
    expect(second.output().trim().split('\n')).toHaveLength(1);
    expect(second.output()).toContain(url);
    expect(second.output()).toContain(`pid ${first.child.pid}`);
    expect(contents(dataDir)).toEqual(before);
    expect(await isUp(url)).toBe(true);
    // The control: such a look does see a change.
    rmSync(join(dataDir, 'secret'));
    expect(contents(dataDir)).not.toEqual(before);
  });

  test('brings a server back that was killed', async () => {
    const launcher = launch();
    const url = await ready(launcher);
    const server = () => leftBy(dataDir).find(({ command }) => command.includes('dist/server.js'))?.pid;
    const first = server() ?? 0;
    process.kill(first, 'SIGKILL');
    expect(await until(async () => server() !== first && (await isUp(url)))).toBe(true);
    expect(launcher.output()).toContain('The server ended with SIGKILL');
  });

  test('leaves nothing behind when it is killed itself, and starts again', async () => {
    const first = launch();
    await ready(first);
    first.child.kill('SIGKILL');
    await first.ended;
    expect(await nothingLeft()).toEqual([]);
    const second = launch();
    expect(await isUp(await ready(second))).toBe(true);
    second.child.kill('SIGTERM');
    expect(await second.ended).toBe(0);
  });

  test('takes another port than a taken one, unless it was told which to take', async () => {
    const other = createServer();
    onTestFinished(() => {
      other.close();
    });
    other.listen(0, '127.0.0.1');
    await once(other, 'listening');
    const address = other.address();
    const port = typeof address === 'object' ? String(address?.port) : '';
    const told = launch({ PORT: port });
    expect(await told.ended).toBe(1);
    expect(told.output().trim()).toBe(
      `Port ${port} is taken by another program. Set PORT to a free one, or leave it out.`,
    );
  });

  test('judges files without a database and without touching the data folder', async () => {
    const turns = join(dataDir, 'turns.jsonl');
    writeFileSync(turns, '{"id":"a","turns":[{"author":"visitor","text":"operator"}]}\n');
    const { stdout, stderr } = await promisify(execFile)(
      process.execPath,
      ['lib/setup/baton.mjs', 'judge', '--articles', '/dev/null', '--turns', turns],
      { cwd: ROOT, env: environment() },
    );
    expect(stderr).toBe('');
    expect(JSON.parse(stdout)).toMatchObject({
      conversation: 'a',
      offer: { reason: 'requested_by_customer' },
    });
    expect(readdirSync(dataDir)).toEqual(['turns.jsonl']);
    expect(await nothingLeft()).toEqual([]);
  });

  test('shares its database with a command that runs beside it', async () => {
    const command = (...args: string[]) =>
      promisify(execFile)(process.execPath, ['lib/setup/baton.mjs', ...args], {
        cwd: ROOT,
        env: environment(),
      });
    const launcher = launch();
    await ready(launcher);
    const beside = await command('audit', 'verify', '--json');
    expect(JSON.parse(beside.stdout)).toBeTypeOf('object');
    launcher.child.kill('SIGINT');
    await launcher.ended;
    const alone = await command('audit', 'verify', '--json');
    expect(JSON.parse(alone.stdout)).toEqual(JSON.parse(beside.stdout));
    expect(await nothingLeft()).toEqual([]);
  });
});
