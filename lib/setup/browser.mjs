import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { ROOT } from './environment.mjs';
import { run, say, step } from './terminal.mjs';

const USUAL_PLACES = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];

/** The Chromium of this machine, or undefined: then Playwright's own is used. */
export function findBrowser() {
  const given = process.env.CHROMIUM_PATH;
  if (given) return given;
  return USUAL_PLACES.find((path) => existsSync(path) && runs(path));
}

/** Finds a browser or gets one: from the system's packages as root on Debian, else from Playwright. */
export async function ensureBrowser() {
  const given = process.env.CHROMIUM_PATH;
  if (given && !existsSync(given)) throw new Error(`CHROMIUM_PATH=${given}: there is no such file.`);
  const found = findBrowser();
  if (found) return found;
  if (ownBrowser()) return undefined;
  const failures = [];
  if (process.getuid?.() === 0 && spawnSync('apt-get', ['--version']).status === 0) {
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    try {
      await step('Installing Chromium from the system packages', async () => {
        await run('apt-get', ['update'], { env });
        await run('apt-get', ['install', '-y', '--no-install-recommends', 'chromium'], { env });
      });
      const installed = findBrowser();
      if (installed) return installed;
    } catch (error) {
      failures.push(error);
    }
  }
  try {
    await step("Downloading Playwright's Chromium", () =>
      run(process.execPath, [join(ROOT, 'node_modules/playwright/cli.js'), 'install', 'chromium']),
    );
    if (ownBrowser()) return undefined;
  } catch (error) {
    failures.push(error);
  }
  for (const { output } of failures) if (output) say(output.split('\n').slice(-4).join('\n'));
  throw new Error(
    'The browser tests need Chromium and none was found or could be installed. Install it ' +
      '(Debian: apt-get install chromium) or name one in CHROMIUM_PATH.',
  );
}

function ownBrowser() {
  const { chromium } = createRequire(join(ROOT, 'package.json'))('playwright');
  const path = chromium.executablePath();
  return path && existsSync(path) && runs(path);
}

function runs(path) {
  // On Windows the question would open a window; there a file in its place is believed.
  if (process.platform === 'win32') return true;
  return spawnSync(path, ['--version'], { stdio: 'ignore', timeout: 20_000 }).status === 0;
}
