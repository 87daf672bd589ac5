import { spawn, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  chownSync,
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { dirname, join, resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import {
  findBase,
  findBinaries,
  isServerOf,
  livePostmaster,
  MAJOR,
  makeBase,
  makeSocketFolder,
  serverAccount,
  serverEnvironment,
  socketUrl,
  tcpUrl,
} from './postgres-files.mjs';
import root from './root.cjs';

export { removeCluster } from './postgres-files.mjs';

const { ROOT } = root;
const WINDOWS = process.platform === 'win32';

/**
 * The shell that stands between Node and the server. It reads a pipe that Node holds: when Node ends, by
 * whatever signal, the pipe closes and the server is told to shut down. The signal is repeated because the
 * server ignores it in its first milliseconds.
 */
const WATCHDOG = `
exec 3<&0 </dev/null
"$@" 3<&- &
server=$!
{ while read -r _ <&3; do :; done; while kill -INT $server 2>/dev/null; do sleep 0.1; done; } &
reader=$!
exec 3<&-
wait $server
code=$?
kill $reader 2>/dev/null
exit $code
`;

const SETTINGS = {
  max_connections: '100',
  shared_buffers: '128MB',
  fsync: 'on',
  synchronous_commit: 'on',
  max_wal_size: '256MB',
  jit: 'off',
  timezone: 'UTC',
  log_timezone: 'UTC',
  log_checkpoints: 'off',
  log_line_prefix: '%m [%p] ',
  unix_socket_permissions: '0700',
};

/**
 * Starts the built-in Postgres of a data folder and keeps it running until `stop()`. The caller holds the claim
 * on the data folder: a server that still runs on it is an orphan, or about to end, and is shut down first.
 * `exited` settles when the server is down for good: with no reason after `stop()`, else with the reason.
 */
export async function startPostgres({ dataDir, log = () => {}, settings = {}, tcp = WINDOWS }) {
  const account = serverAccount();
  const base = makeBase(dataDir, account, log);
  const cluster = join(base, `pg${MAJOR}`);
  refuseOtherVersions(base, cluster);
  const native = findBinaries(ROOT, account, log);
  const logFile = openableLog(dataDir);
  await stopLeftover(cluster, log);
  if (!existsSync(join(cluster, 'PG_VERSION'))) await initialise({ base, cluster, native, account, log });

  const socket = tcp ? undefined : makeSocketFolder(base, account);
  const port = tcp ? await freePort() : 5432;
  const url = socket ? socketUrl(socket.folder) : tcpUrl(port, password(base));
  const configuration = {
    ...SETTINGS,
    port: String(port),
    listen_addresses: tcp ? '127.0.0.1' : '',
    unix_socket_directories: socket?.folder ?? '',
    ...settings,
  };
  const server = { cluster, native, account, logFile, configuration };

  let stopping = false;
  let settleExited;
  const exited = new Promise((settle) => {
    settleExited = settle;
  });
  let run;
  try {
    run = await launchPatiently(server);
  } catch (error) {
    socket?.remove();
    throw error;
  }

  async function keepRunning() {
    let quickDeaths = 0;
    for (;;) {
      const startedAt = Date.now();
      await run.ended;
      if (stopping) return undefined;
      quickDeaths = Date.now() - startedAt > 60_000 ? 0 : quickDeaths + 1;
      if (quickDeaths > 8) return `Postgres keeps stopping; its last words are in ${logFile}`;
      log('Postgres stopped unexpectedly; starting it again');
      try {
        await delay(Math.min(50 * 2 ** (quickDeaths - 1), 5_000));
        if (stopping) return undefined;
        await stopLeftover(cluster, log);
        if (stopping) return undefined;
        run = await launchPatiently(server);
        if (stopping) run.shutDown();
      } catch (error) {
        if (quickDeaths > 5) return error.message;
        run = { ended: Promise.resolve(), shutDown() {} };
      }
    }
  }
  const kept = keepRunning().then((reason) => {
    socket?.remove();
    settleExited({ reason });
  });

  return {
    url,
    logFile,
    exited,
    get pid() {
      return livePostmaster(cluster)?.pid;
    },
    /** Shuts the server down; `immediate` skips the closing checkpoint, the next start then recovers. */
    async stop({ immediate = false } = {}) {
      stopping = true;
      if (immediate) signalServer(cluster, 'SIGQUIT');
      run.shutDown();
      const patience = new AbortController();
      const down = await Promise.race([
        kept.then(() => true),
        delay(20_000, false, { signal: patience.signal }).catch(() => true),
      ]);
      patience.abort();
      if (!down) {
        signalServer(cluster, 'SIGQUIT');
        await kept;
      }
    },
  };
}

/** The address of the built-in Postgres that runs on a data folder now, or undefined when none is ready. */
export function embeddedDatabaseUrl(dataDir) {
  const base = findBase(dataDir);
  const live = livePostmaster(join(base, `pg${MAJOR}`));
  if (!live?.ready) return undefined;
  return live.socketFolder ? socketUrl(live.socketFolder) : tcpUrl(live.port, password(base));
}

function refuseOtherVersions(base, cluster) {
  const remedy =
    'Run the release of Baton that made it, take a backup with "npm run baton -- backup", ' +
    'move the folder away and restore the backup here.';
  const marker = join(cluster, 'PG_VERSION');
  if (existsSync(marker)) {
    const version = readFileSync(marker, 'utf8').trim();
    if (version !== MAJOR) {
      throw new Error(
        `${cluster} was made by Postgres ${version}, this release runs Postgres ${MAJOR}. ${remedy}`,
      );
    }
    return;
  }
  const other =
    existsSync(base) && readdirSync(base).find((name) => /^pg\d+$/.test(name) && name !== `pg${MAJOR}`);
  if (other) {
    throw new Error(
      `${join(base, other)} holds the data of another Postgres version than ${MAJOR}. ${remedy}`,
    );
  }
}

function openableLog(dataDir) {
  const file = join(resolve(dataDir), 'logs', 'postgres.log');
  mkdirSync(dirname(file), { recursive: true });
  if (existsSync(file) && statSync(file).size > 10_000_000) renameSync(file, `${file}.1`);
  return file;
}

async function initialise({ base, cluster, native, account, log }) {
  log('Creating the database');
  removeDrafts(base);
  // Made beside its place and moved there when complete: a start that is cut short leaves no half cluster.
  const draft = join(base, `pg${MAJOR}.new-${randomBytes(4).toString('hex')}`);
  mkdirSync(draft, { mode: 0o700 });
  const secret = join(base, `pg${MAJOR}-password`);
  writeFileSync(secret, `${randomBytes(24).toString('hex')}\n`, { mode: 0o600 });
  if (account) {
    chownSync(draft, account.uid, account.gid);
    chownSync(secret, account.uid, account.gid);
  }
  const common = [
    '-D',
    draft,
    '-U',
    'baton',
    '-E',
    'UTF8',
    '--auth-local=trust',
    '--auth-host=scram-sha-256',
  ];
  const locale = [
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
    `--pwfile=${secret}`,
    '--no-instructions',
  ];
  const options = { ...account, cwd: WINDOWS ? base : '/', env: serverEnvironment(), encoding: 'utf8' };
  try {
    // Some systems have no C.UTF-8 of their own; the server's own collation is the same in both cases.
    for (const name of ['C.UTF-8', 'C']) {
      const made = spawnSync(program(native, 'initdb'), [...common, `--locale=${name}`, ...locale], options);
      if (made.status === 0) break;
      const said = (made.stderr || made.error?.message || '').trim();
      if (name === 'C' || !/locale/i.test(said))
        throw new Error(`The database could not be created: ${said}`);
    }
    const created = spawnSync(program(native, 'postgres'), ['--single', '-D', draft, 'postgres'], {
      ...options,
      input: 'create database baton;\n',
    });
    if (created.status !== 0) throw new Error(`The database could not be created: ${created.stderr.trim()}`);
    renameSync(draft, cluster);
  } catch (error) {
    rmSync(draft, { recursive: true, force: true });
    throw error;
  }
}

/** What starts that were cut short left behind; where the program of one still writes, a later start removes it. */
function removeDrafts(base) {
  for (const name of readdirSync(base)) {
    if (!name.startsWith(`pg${MAJOR}.new-`)) continue;
    try {
      rmSync(join(base, name), { recursive: true, force: true });
    } catch (error) {
      if (error.code !== 'ENOTEMPTY' && error.code !== 'EBUSY') throw error;
    }
  }
}

function password(base) {
  return readFileSync(join(base, `pg${MAJOR}-password`), 'utf8').trim();
}

/** After a kill the system may hold the old server's memory for some moments more: then it is tried again. */
async function launchPatiently(server) {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await launch(server);
    } catch (error) {
      if (attempt === 7 || !/shared memory|lock file|Address already in use/i.test(error.message))
        throw error;
      await delay(50 * 2 ** attempt);
    }
  }
}

async function launch(server) {
  const { cluster, logFile } = server;
  const logStart = existsSync(logFile) ? statSync(logFile).size : 0;
  // Nobody runs on this cluster (the caller made sure): a stale file could name a pid that somebody has now.
  rmSync(join(cluster, 'postmaster.pid'), { force: true });
  const run = WINDOWS ? launchWithPgCtl(server) : launchWatched(server);
  let over = false;
  void run.ended.then(() => {
    over = true;
  });
  for (;;) {
    if (livePostmaster(cluster)?.ready) return run;
    if (over) {
      throw new Error(`Postgres did not start: ${tail(logFile, logStart) || `see ${logFile}`}`);
    }
    await delay(10);
  }
}

function launchWatched({ cluster, native, account, logFile, configuration }) {
  const output = openSync(logFile, 'a');
  const child = spawn(
    '/bin/sh',
    ['-c', WATCHDOG, 'baton-postgres', program(native, 'postgres'), '-D', cluster, ...flags(configuration)],
    {
      ...account,
      cwd: '/',
      env: serverEnvironment(),
      stdio: ['pipe', output, output],
      // In a session of its own: Ctrl-C in the terminal is for the launcher, which stops the server last.
      detached: true,
    },
  );
  closeSync(output);
  child.stdin.on('error', () => {});
  // A watchdog that was killed itself leaves its reader behind: the closed pipe makes it end the server.
  child.once('exit', () => child.stdin.destroy());
  return {
    ended: new Promise((settle) => {
      child.once('error', settle);
      child.once('exit', settle);
    }),
    shutDown() {
      child.stdin.end();
    },
  };
}

/** Windows has no such shell: a server whose launcher was killed is found and stopped by the next start. */
function launchWithPgCtl({ cluster, native, logFile, configuration }) {
  const ctl = program(native, 'pg_ctl');
  const options = { env: serverEnvironment(), cwd: cluster, stdio: 'ignore', windowsHide: true };
  const quoted = flags(configuration)
    .map((flag) => (flag === '-c' ? flag : `"${flag}"`))
    .join(' ');
  const started = spawnSync(
    ctl,
    ['start', '-D', cluster, '-l', logFile, '-w', '-t', '60', '-o', quoted],
    options,
  );
  let down = started.status !== 0;
  return {
    ended: (async () => {
      while (!down && livePostmaster(cluster)) await delay(500);
    })(),
    shutDown() {
      down = true;
      spawnSync(ctl, ['stop', '-D', cluster, '-m', 'fast', '-w', '-t', '20'], options);
    },
  };
}

async function stopLeftover(cluster, log) {
  const live = livePostmaster(cluster);
  if (!live) return;
  log('Stopping a Postgres that was left running on this data folder');
  const gone = async (ms) => {
    const until = Date.now() + ms;
    while (isServerOf(live.pid, cluster)) {
      if (Date.now() > until) return false;
      await delay(20);
    }
    return true;
  };
  signalServer(cluster, 'SIGINT');
  if (await gone(15_000)) return;
  signalServer(cluster, 'SIGQUIT');
  if (await gone(5_000)) return;
  throw new Error(
    `A Postgres (pid ${live.pid}) runs on ${cluster} and does not stop. Stop it and start again.`,
  );
}

function signalServer(cluster, signal) {
  const live = livePostmaster(cluster);
  if (!live) return;
  try {
    process.kill(live.pid, signal);
  } catch (error) {
    if (error.code !== 'ESRCH') throw error;
  }
}

function flags(configuration) {
  return Object.entries(configuration).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
}

function program(native, name) {
  return join(native, 'bin', WINDOWS ? `${name}.exe` : name);
}

function tail(file, from) {
  try {
    return readFileSync(file).subarray(from).toString('utf8').trim().split('\n').slice(-4).join(' | ');
  } catch {
    return '';
  }
}

function freePort() {
  return new Promise((settle, fail) => {
    const probe = createServer();
    probe.once('error', fail);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address();
      probe.close(() => settle(port));
    });
  });
}
