import { spawnSync } from 'node:child_process';
import { homedir } from 'node:os';
import { join } from 'node:path';

/** The one that CalDAV is tested against; `.ci/run` installs it. */
export const RADICALE_VERSION = '3.1.8';
/** Stands in the names of tests that need it, so that a run can tell why they were left out. */
export const NEEDS_RADICALE = 'needs Radicale';

const CACHE = process.env.XDG_CACHE_HOME || join(homedir(), '.cache');
const COMMANDS = [join(CACHE, 'baton', `radicale-${RADICALE_VERSION}`, 'bin', 'radicale'), 'radicale'];

/** The command that starts it; null where it is not installed in this version. */
export function findRadicale() {
  return (
    COMMANDS.find((command) => {
      const { stdout } = spawnSync(command, ['--version'], { encoding: 'utf8', timeout: 20_000 });
      return stdout?.trim() === RADICALE_VERSION;
    }) ?? null
  );
}
