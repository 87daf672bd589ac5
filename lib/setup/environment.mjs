import { randomBytes } from 'node:crypto';
import { chmodSync, existsSync, linkSync, mkdirSync, readFileSync, unlinkSync, writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { join, resolve } from 'node:path';
import root from './root.cjs';

export const { ROOT } = root;

/** The folder with everything an installation must keep; made when it is missing. */
export function openDataFolder() {
  const folder = resolve(ROOT, process.env.BATON_DATA_DIR || 'data');
  if (!existsSync(folder)) {
    // For root the database runs as another user, who has to walk through this folder.
    mkdirSync(folder, { recursive: true, mode: process.getuid?.() === 0 ? 0o755 : 0o700 });
  }
  return folder;
}

/** The master secret from which all keys are derived: BATON_SECRET, else the file, made on the first start. */
export function masterSecret(dataDir) {
  const given = process.env.BATON_SECRET;
  if (given) {
    if (!/^[0-9a-f]{64}$/i.test(given)) throw new Error('BATON_SECRET must be 64 hexadecimal digits.');
    return given.toLowerCase();
  }
  const file = join(dataDir, 'secret');
  if (!existsSync(file)) {
    const draft = `${file}.${randomBytes(4).toString('hex')}`;
    writeFileSync(draft, `${randomBytes(32).toString('hex')}\n`, { mode: 0o600, flag: 'wx' });
    try {
      linkSync(draft, file);
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
    } finally {
      unlinkSync(draft);
    }
  }
  const secret = readFileSync(file, 'utf8').trim();
  if (!/^[0-9a-f]{64}$/.test(secret)) {
    throw new Error(`${file} is damaged: it must hold 64 hexadecimal digits. Bring it back from a backup.`);
  }
  if (process.platform !== 'win32') chmodSync(file, 0o600);
  return secret;
}

/** The operator's address, or what is wrong with it. */
export function requestedAddress() {
  const host = process.env.HOST || '127.0.0.1';
  const text = process.env.PORT;
  if (!text) return { host };
  const port = Number(text);
  if (!Number.isInteger(port) || port < 1 || port > 65_535)
    throw new Error(`PORT=${text} is not a port number.`);
  return { host, port };
}

export async function choosePort({ host, port }) {
  if (port !== undefined) {
    if (await portIsTaken(host, port)) {
      throw new Error(`Port ${port} is taken by another program. Set PORT to a free one, or leave it out.`);
    }
    return port;
  }
  for (let candidate = 3000; candidate < 3020; candidate += 1) {
    if (!(await portIsTaken(host, candidate))) return candidate;
  }
  return anyFreePort(host);
}

export function anyFreePort(host = '127.0.0.1') {
  return new Promise((settle, fail) => {
    const probe = createServer();
    probe.once('error', fail);
    probe.listen(0, host, () => {
      const { port } = probe.address();
      probe.close(() => settle(port));
    });
  });
}

async function portIsTaken(host, port) {
  const reachable = isEverywhere(host) ? '127.0.0.1' : host;
  if (await answers(reachable, port)) return true;
  return new Promise((settle, fail) => {
    const probe = createServer();
    probe.once('error', (error) => {
      if (error.code === 'EADDRINUSE') settle(true);
      else if (error.code === 'EACCES') fail(new Error(`Port ${port} may not be used by this user.`));
      else if (error.code === 'EADDRNOTAVAIL' || error.code === 'ENOTFOUND') {
        fail(new Error(`HOST=${host} is not an address of this machine.`));
      } else fail(error);
    });
    probe.listen(port, host, () => probe.close(() => settle(false)));
  });
}

/** Some systems let a program bind one address of a port that another one holds on all addresses. */
function answers(host, port) {
  return new Promise((settle) => {
    const socket = connect({ host, port });
    const finish = (taken) => {
      socket.destroy();
      settle(taken);
    };
    socket.setTimeout(500, () => finish(false));
    socket.once('connect', () => finish(true));
    socket.once('error', () => finish(false));
  });
}

export function isLoopback(host) {
  return host === 'localhost' || host === '::1' || /^127\./.test(host);
}

export function isEverywhere(host) {
  return host === '0.0.0.0' || host === '::';
}

/** Where this machine itself reaches a server that listens on the host. */
export function localUrl(host, port) {
  const name = isEverywhere(host) ? '127.0.0.1' : host.includes(':') ? `[${host}]` : host;
  return `http://${name}:${port}`;
}

/** What the product's own processes are told; lib/config.ts reads it. */
export function productEnvironment({
  dataDir,
  secret,
  databaseUrl,
  host,
  port,
  baseUrl,
  development = false,
}) {
  const env = { ...process.env };
  if (!process.env.DATABASE_URL) {
    for (const name of Object.keys(env)) if (name.startsWith('PG')) delete env[name];
  }
  return {
    ...env,
    NODE_ENV: development ? 'development' : 'production',
    NEXT_TELEMETRY_DISABLED: '1',
    DATABASE_URL: databaseUrl,
    BATON_SECRET: secret,
    BATON_DATA_DIR: dataDir,
    ...(host === undefined ? {} : { HOST: host }),
    ...(port === undefined ? {} : { PORT: String(port) }),
    ...(baseUrl === undefined ? {} : { BATON_BASE_URL: baseUrl }),
  };
}

/** A message makes many short-lived objects: with more room for them the collector has a fraction of the work. */
export const SERVER_FLAGS = ['--enable-source-maps', '--max-semi-space-size=64'];
