import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { ensureBuilt, withSetupLock } from './build.mjs';
import { masterSecret, openDataFolder, productEnvironment, ROOT } from './environment.mjs';
import { claimFolder } from './folder-claim.mjs';
import { ensureInstalled, installReason } from './install.mjs';
import { embeddedDatabaseUrl, startPostgres } from './postgres.mjs';
import { explain, run, say } from './terminal.mjs';

const CLI = join(ROOT, 'dist', 'baton.js');
const args = process.argv.slice(2);
const asksForHelp =
  args.length === 0 || args[0] === 'help' || args.some((arg) => arg === '--help' || arg === '-h');
/** Commands that read and write files alone: no data folder, no database. */
const WITHOUT_DATABASE = ['judge'];

try {
  process.exitCode = await main();
} catch (error) {
  say(explain(error));
  process.exitCode = 1;
}

async function main() {
  if (installReason()) await withSetupLock(() => ensureInstalled());
  await ensureBuilt(['cli'], { quiet: true });
  if (asksForHelp || WITHOUT_DATABASE.includes(args[0])) return command(process.env);
  const dataDir = openDataFolder();
  const secret = masterSecret(dataDir);
  const database = await openDatabase(dataDir);
  try {
    const env = productEnvironment({
      dataDir,
      secret,
      databaseUrl: database.url,
      baseUrl: process.env.BATON_BASE_URL || database.baseUrl,
    });
    if (database.own) await run(process.execPath, [CLI, 'migrate'], { cwd: ROOT, env });
    return await command(env);
  } finally {
    await database.close();
  }
}

/** The database of the running Baton; when none runs, the built-in one, started for this command only. */
async function openDatabase(dataDir) {
  const until = Date.now() + 60_000;
  for (let told = false; ; told = true) {
    const attempt = claimFolder(join(dataDir, 'lock'), { role: 'command' });
    if (attempt.claim) return ownDatabase(dataDir, attempt.claim);
    const { holder } = attempt;
    const near = { baseUrl: holder.url, own: false, close: async () => {} };
    if (process.env.DATABASE_URL) return { ...near, url: process.env.DATABASE_URL };
    if (holder.role === 'server' && holder.database === 'external') {
      throw new Error('The running Baton uses a DATABASE_URL: set the same one for this command.');
    }
    const url = holder.role === 'server' && holder.databasePid ? embeddedDatabaseUrl(dataDir) : undefined;
    if (url) return { ...near, url };
    if (Date.now() > until)
      throw new Error(`The data folder is in use by process ${holder.pid}; try again later.`);
    if (!told) say(`Waiting for process ${holder.pid}, which uses the data folder ...`);
    await delay(100);
  }
}

async function ownDatabase(dataDir, claim) {
  if (process.env.DATABASE_URL) {
    claim.release();
    return { url: process.env.DATABASE_URL, own: false, close: async () => {} };
  }
  try {
    const server = await startPostgres({ dataDir, log: () => {} });
    const close = async () => {
      await server.stop();
      claim.release();
    };
    return { url: server.url, own: true, close };
  } catch (error) {
    claim.release();
    throw error;
  }
}

/** Runs the command with this terminal as its own; it decides itself how it takes a signal. */
function command(env) {
  const child = spawn(process.execPath, ['--enable-source-maps', CLI, ...args], {
    cwd: ROOT,
    env,
    stdio: 'inherit',
  });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    // A terminal tells the whole group, the command included; a signal to this process alone is passed on.
    process.on(signal, () => signal !== 'SIGINT' && child.kill(signal));
  }
  return new Promise((settle, fail) => {
    child.once('error', fail);
    child.once('exit', (code, signal) => settle(signal ? 1 : (code ?? 1)));
  });
}
