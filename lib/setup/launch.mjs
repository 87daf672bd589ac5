import { existsSync } from 'node:fs';
import { get } from 'node:http';
import { join, relative } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { ensureBuilt, withSetupLock } from './build.mjs';
import {
  choosePort,
  isLoopback,
  localUrl,
  masterSecret,
  openDataFolder,
  productEnvironment,
  ROOT,
  requestedAddress,
  SERVER_FLAGS,
} from './environment.mjs';
import { awaitClaim } from './folder-claim.mjs';
import { ensureInstalled } from './install.mjs';
import { followNpm } from './npm-parent.mjs';
import { startPostgres } from './postgres.mjs';
import { openLog, shortForm } from './server-log.mjs';
import { supervise } from './supervisor.mjs';
import { endRuns, explain, run, say } from './terminal.mjs';

const CLI = join(ROOT, 'dist', 'baton.js');

/** From a bare folder to a running Baton, and back to nothing when it is asked to end. */
export async function launch({ development = false } = {}) {
  const cleanups = [];
  const ending = endOnSignals(cleanups);
  try {
    const address = requestedAddress();
    const dataDir = openDataFolder();
    const claim = await claimData(dataDir);
    cleanups.push(() => claim.release());
    const secret = masterSecret(dataDir);
    if (address.port !== undefined) await choosePort(address);

    await withSetupLock(() => ensureInstalled());
    await ensureBuilt(development ? ['server', 'cli', 'widget'] : undefined);
    ending.check();

    const databaseUrl = process.env.DATABASE_URL || (await ownDatabase(dataDir, claim, cleanups, ending));
    ending.check();
    const common = { dataDir, secret, databaseUrl, host: address.host, development };
    const cli = (args, options = {}) =>
      run(process.execPath, [CLI, ...args], { cwd: ROOT, env: productEnvironment(common), ...options });
    await cli(['migrate']);
    await seed(address.host, cli);
    ending.check();

    const port = await choosePort(address);
    const baseUrl = (process.env.BATON_BASE_URL || localUrl(address.host, port)).replace(/\/+$/, '');
    Object.assign(common, { port, baseUrl });
    claim.update({ url: baseUrl });

    const server = await startServer({ dataDir, common, cleanups, ending, development });
    const [link] = await Promise.all([
      cli(['setup-link'], { env: productEnvironment(common) }),
      untilReady(localUrl(address.host, port), server, ending),
    ]);
    ending.check();
    const docs = join(ROOT, 'docs', 'README.md');
    process.stdout.write(
      [
        `Desk   ${link.trim().split('\n').at(-1)}`,
        `Shop   ${baseUrl}/shop`,
        `Data   ${dataDir}`,
        `Docs   ${existsSync(docs) ? relative(process.cwd(), docs) || docs : 'README.md'}`,
        '',
      ].join('\n'),
    );
    const reason = await Promise.race([server.givenUp, ending.asked]);
    if (reason)
      say(`The server cannot be kept running: ${reason}. See ${join(dataDir, 'logs', 'server.log')}`);
    await ending.end(reason ? 1 : 0);
  } catch (error) {
    // A step that failed because it was told to end is no failure.
    if (!ending.isWished()) say(explain(error));
    await ending.end(ending.isWished() ? 0 : 1);
  }
}

async function claimData(dataDir) {
  const { claim, holder } = await awaitClaim(
    join(dataDir, 'lock'),
    { role: 'server', database: process.env.DATABASE_URL ? 'external' : 'embedded' },
    {
      // A command ends soon; a server does not.
      patience: (current) => (current.role === 'command' ? 60_000 : 0),
      onWait: ({ role, pid }) =>
        role === 'command' && say(`Waiting for a command that uses the data (pid ${pid}) ...`),
    },
  );
  if (claim) return claim;
  const where = holder.url ? `is already running at ${holder.url}` : 'is already starting';
  throw new Error(`Baton ${where} from this data folder (pid ${holder.pid}); end that one first.`);
}

async function ownDatabase(dataDir, claim, cleanups, ending) {
  const database = await startPostgres({ dataDir, log: say });
  cleanups.push(() => database.stop());
  ending.onForce(() => database.stop({ immediate: true }));
  void database.exited.then(({ reason }) => {
    if (!reason) return;
    say(reason);
    void ending.end(1);
  });
  claim.update({ databasePid: database.pid });
  return database.url;
}

/** The demo world: loaded into an empty database, unless switched off or open to other machines. */
async function seed(host, cli) {
  const wish = process.env.BATON_DEMO;
  if (wish === '0') return;
  if (!isLoopback(host) && wish !== '1') {
    say(`The demo world is not loaded on HOST=${host}; BATON_DEMO=1 loads it all the same`);
    return;
  }
  await cli(['seed', '--if-empty'], { onLine: (line) => line.trim() && say(`  ${line}`) });
}

async function startServer({ dataDir, common, cleanups, ending, development }) {
  const log = openLog(join(dataDir, 'logs', 'server.log'));
  const server = supervise({
    args: [
      ...SERVER_FLAGS,
      '--require',
      join(ROOT, 'lib', 'setup', 'follow-parent.cjs'),
      join(ROOT, 'dist', 'server.js'),
    ],
    cwd: ROOT,
    env: productEnvironment(common),
    onLine(line, stream) {
      log.write(line);
      const short = shortForm(line, stream);
      if (short !== undefined) say(short);
    },
    onDeath({ how, wait }) {
      const again = wait < 1_000 ? 'starting it again' : `starting it again in ${Math.round(wait / 1000)} s`;
      say(`The server ended with ${how}; ${again} (details in ${log.file})`);
    },
  });
  cleanups.push(() => server.stop());
  ending.onForce(() => server.kill());
  if (development) {
    const { watchSources } = await import('./watch.mjs');
    const stopWatching = await watchSources(() => server.restart());
    cleanups.push(stopWatching);
  }
  return server;
}

async function untilReady(url, server, ending) {
  const until = Date.now() + 60_000;
  let over;
  void server.givenUp.then((reason) => {
    over = reason ?? 'it was stopped';
  });
  while (!(await isReady(`${url}/readyz`))) {
    ending.check();
    if (over !== undefined) throw new Error(`The server did not start: ${over}`);
    if (Date.now() > until)
      throw new Error(`The server does not become ready; see its log in the data folder`);
    await delay(30);
  }
}

function isReady(url) {
  return new Promise((settle) => {
    const request = get(url, { agent: false, timeout: 5_000 }, (response) => {
      response.resume();
      settle(response.statusCode === 200);
    });
    request.once('timeout', () => request.destroy());
    request.once('error', () => settle(false));
  });
}

/**
 * The orderly end: what was started last is stopped first. A second wish to end, at least a second after the
 * first (npm and the terminal may both pass on the same Ctrl-C), stops everything without waiting.
 */
function endOnSignals(cleanups) {
  const forced = [];
  let wished;
  let finishing;
  let tellAsked;
  const asked = new Promise((settle) => {
    tellAsked = settle;
  });

  async function end(code) {
    if (finishing) return finishing;
    finishing = (async () => {
      let result = code;
      for (const cleanup of cleanups.reverse()) {
        try {
          await cleanup();
        } catch (error) {
          say(explain(error));
          result = 1;
        }
      }
      process.exit(result);
    })();
    return finishing;
  }

  function onSignal() {
    if (wished === undefined) {
      wished = Date.now();
      say('Stopping ...');
      endRuns();
      tellAsked();
      return;
    }
    if (Date.now() - wished < 1_000) return;
    say('Stopping at once');
    for (const force of forced) void force();
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, onSignal);
  // The terminal that is told may be gone before Baton is.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {});
  followNpm(onSignal);

  return {
    asked,
    isWished: () => wished !== undefined,
    end,
    onForce: (force) => forced.push(force),
    check() {
      if (wished !== undefined) throw new Error('asked to end');
    },
  };
}
