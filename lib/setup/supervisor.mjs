import { spawn } from 'node:child_process';
import { setTimeout as delay } from 'node:timers/promises';
import { byLine } from './server-log.mjs';

const WINDOWS = process.platform === 'win32';

/**
 * Keeps a program running: started again at once when it dies, later and later when it dies young, and given
 * up after `patience` such deaths in a row. `givenUp` settles with the reason, or with undefined after `stop()`.
 */
export function supervise({ args, cwd, env, onLine, onDeath = () => {}, patience = 8, youngMs = 10_000 }) {
  let child;
  let stopping = false;
  let restarting = false;
  let youngDeaths = 0;
  let hurry;

  function launch() {
    const started = spawn(process.execPath, args, {
      cwd,
      env,
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      // In a group of its own: Ctrl-C in the terminal is for the supervisor, which asks the server to drain.
      detached: !WINDOWS,
      windowsHide: true,
    });
    byLine(started.stdout, (line) => onLine(line, 'out'));
    byLine(started.stderr, (line) => onLine(line, 'err'));
    started.on('error', () => {});
    return started;
  }

  async function loop() {
    while (!stopping) {
      const startedAt = Date.now();
      child = launch();
      const how = await ended(child);
      if (stopping) break;
      if (restarting) {
        restarting = false;
        youngDeaths = 0;
        continue;
      }
      youngDeaths = Date.now() - startedAt < youngMs ? youngDeaths + 1 : 0;
      if (youngDeaths >= patience)
        return `it ended ${youngDeaths} times shortly after its start, lastly with ${how}`;
      const wait = youngDeaths <= 1 ? 0 : Math.min(100 * 2 ** (youngDeaths - 2), 10_000);
      onDeath({ how, wait });
      hurry = new AbortController();
      await delay(wait, undefined, { signal: hurry.signal }).catch(() => {});
    }
    return undefined;
  }
  const givenUp = loop();

  return {
    givenUp,
    get pid() {
      return child?.pid;
    },
    /** Ends the program and starts it anew, without counting it as a death. */
    restart() {
      restarting = true;
      child?.kill('SIGTERM');
    },
    /** Asks the program to finish its work and end; after the grace it is killed. */
    async stop({ graceMs = 12_000 } = {}) {
      stopping = true;
      hurry?.abort();
      if (child && child.exitCode === null && child.signalCode === null) {
        if (WINDOWS) child.send('stop');
        else child.kill('SIGTERM');
        const patient = new AbortController();
        const late = delay(graceMs, true, { signal: patient.signal }).catch(() => false);
        void late.then((isLate) => isLate && child.kill('SIGKILL'));
        await ended(child);
        patient.abort();
      }
      await givenUp;
    },
    kill() {
      stopping = true;
      hurry?.abort();
      child?.kill('SIGKILL');
    },
  };
}

function ended(child) {
  return new Promise((settle) => {
    const tell = () => settle(child.signalCode ?? `code ${child.exitCode}`);
    if (child.exitCode !== null || child.signalCode !== null) tell();
    child.once('exit', tell);
    child.once('error', (error) => settle(error.message));
  });
}
