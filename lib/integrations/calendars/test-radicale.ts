import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const USERS = { maya: 'app-password', ben: 'another' } as const;

export interface TestRadicale {
  url: string;
  password: string;
  /** Makes a calendar of Maya's; answers its address. */
  makeCalendar(name: string): Promise<string>;
  put(calendarUrl: string, uid: string, text: string): Promise<void>;
  /** What stands in a calendar. */
  texts(calendarUrl: string): Promise<string[]>;
  stop(): Promise<void>;
  start(): Promise<void>;
  close(): Promise<void>;
}

/** A Radicale of a test's own, with two users and nothing in it. */
export async function openTestRadicale(command: string): Promise<TestRadicale> {
  const folder = await mkdtemp(join(tmpdir(), 'baton-radicale-'));
  const port = await freePort();
  const users = join(folder, 'users');
  const lines = Object.entries(USERS).map(([user, password]) => `${user}:${password}\n`);
  await writeFile(users, lines.join(''));
  const url = `http://127.0.0.1:${port}/`;
  const authorization = `Basic ${Buffer.from(`maya:${USERS.maya}`).toString('base64')}`;
  let child: ChildProcess | null = null;

  async function start() {
    child = spawn(
      command,
      [
        '--config',
        '',
        '--server-hosts',
        `127.0.0.1:${port}`,
        '--storage-filesystem-folder',
        join(folder, 'collections'),
        '--auth-type',
        'htpasswd',
        '--auth-htpasswd-filename',
        users,
        '--auth-htpasswd-encryption',
        'plain',
        '--logging-level',
        'info',
      ],
      { stdio: ['ignore', 'ignore', 'pipe'] },
    );
    await saysReady(child);
  }
  async function stop() {
    if (child === null) return;
    const ended = once(child, 'exit');
    child.kill('SIGKILL');
    await ended;
    child = null;
  }
  async function ask(method: string, target: string, body?: string, type = 'text/xml') {
    const headers = { authorization, 'content-type': type };
    const answer = await fetch(target, { method, headers, ...(body === undefined ? {} : { body }) });
    if (!answer.ok) throw new Error(`Radicale answered ${answer.status} to ${method}`);
  }
  await start();
  return {
    url,
    password: USERS.maya,
    async makeCalendar(name) {
      const target = `${url}maya/${name.toLowerCase()}/`;
      const body = `<c:mkcalendar xmlns:d="DAV:" xmlns:c="urn:ietf:params:xml:ns:caldav"><d:set><d:prop><d:displayname>${name}</d:displayname></d:prop></d:set></c:mkcalendar>`;
      await ask('MKCALENDAR', target, body);
      return target;
    },
    put: (calendarUrl, uid, text) => ask('PUT', `${calendarUrl}${uid}.ics`, text, 'text/calendar'),
    async texts(calendarUrl) {
      const path = join(folder, 'collections', 'collection-root', new URL(calendarUrl).pathname);
      const names = (await readdir(path)).filter((name) => name.endsWith('.ics'));
      const answers = names.sort().map(async (name) => {
        const target = `${calendarUrl}${encodeURIComponent(name)}`;
        return (await fetch(target, { headers: { authorization } })).text();
      });
      return Promise.all(answers);
    },
    start,
    stop,
    async close() {
      await stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as AddressInfo;
  probe.close();
  await once(probe, 'close');
  return port;
}

async function saysReady(child: ChildProcess): Promise<void> {
  let said = '';
  await new Promise<void>((ready, fail) => {
    child.once('exit', () => fail(new Error(`Radicale did not start.\n${said}`)));
    child.stderr?.on('data', (chunk: Buffer) => {
      said += chunk.toString();
      if (/ready/i.test(said)) ready();
    });
  });
}
