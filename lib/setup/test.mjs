import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureBrowser } from './browser.mjs';
import { ALL_PARTS, ensureBuilt, withSetupLock } from './build.mjs';
import { ROOT } from './environment.mjs';
import { ensureInstalled } from './install.mjs';
import { followNpm } from './npm-parent.mjs';
import { RADICALE_VERSION } from './radicale.mjs';
import { endRuns, explain, say } from './terminal.mjs';
import { crashed, ofPlaywright, ofVitest } from './test-counts.mjs';
import { failuresOfPlaywright, failuresOfVitest } from './test-failures.mjs';

const BUILDS = { check: [], unit: ['widget'], db: ['server', 'cli'], faults: ALL_PARTS, e2e: ALL_PARTS };
const NEEDS_SERVER = ['db', 'faults', 'e2e'];

const words = process.argv.slice(2);
const named = Object.keys(BUILDS).filter((part) => words.includes(part));
const parts = named.length > 0 ? named : Object.keys(BUILDS);
/** Words that name no part choose test files by their path. */
const filters = words.filter((word) => !(word in BUILDS));

const reports = mkdtempSync(join(tmpdir(), 'baton-reports-'));
const results = [];
const failures = [];
let current;
let interrupted = false;
let server;
let environment = { ...process.env, VITE_CONFIG_NATIVE_IGNORE_WARNING: 'true', NEXT_TELEMETRY_DISABLED: '1' };

function onSignal() {
  if (interrupted) return;
  interrupted = true;
  say('Stopping ...');
  endRuns();
  current?.kill('SIGTERM');
}
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, onSignal);
followNpm(onSignal);

try {
  await withSetupLock(() => ensureInstalled());
  for (const part of parts) {
    if (interrupted) break;
    say(`\n== ${part}`);
    const startedAt = performance.now();
    let counts;
    try {
      counts = await runPart(part);
    } catch (error) {
      say(explain(error));
      counts = crashed();
    }
    results.push({ part, ...counts, seconds: (performance.now() - startedAt) / 1000 });
  }
} catch (error) {
  say(explain(error));
  results.push({ part: 'set-up', ...crashed(), seconds: 0 });
} finally {
  await server?.close();
  rmSync(reports, { recursive: true, force: true });
}
finish();

async function runPart(part) {
  if (part === 'check') return check();
  if (NEEDS_SERVER.includes(part)) await shareServer();
  await ensureBuilt(BUILDS[part]);
  if (interrupted) return crashed();
  return part === 'e2e' ? browserTests() : vitest(part);
}

/** Formatting and lint, types, and dead code: each of them is one test. */
async function check() {
  // Written by Next at its first build; the types of style sheets and images come from it.
  const types = join(ROOT, 'next-env.d.ts');
  if (!existsSync(types)) {
    writeFileSync(
      types,
      '/// <reference types="next" />\n/// <reference types="next/image-types/global" />\n',
    );
  }
  const counts = { passed: 0, failed: 0, skipped: 0 };
  for (const [name, ...args] of [
    ['biome', 'node_modules/@biomejs/biome/bin/biome', 'ci', '.'],
    ['tsc', 'node_modules/typescript/bin/tsc', '--noEmit'],
    ['knip', 'node_modules/knip/bin/knip.js', '--no-progress'],
  ]) {
    if (interrupted) break;
    const code = await node(args);
    say(`${code === 0 ? 'passed' : 'FAILED'}: ${name}`);
    if (code !== 0) failures.push(name);
    counts[code === 0 ? 'passed' : 'failed'] += 1;
  }
  return counts;
}

async function vitest(part) {
  const report = join(reports, `${part}.json`);
  const code = await node([
    'node_modules/vitest/vitest.mjs',
    'run',
    '--project',
    part,
    '--allowOnly=false',
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${report}`,
    ...filters,
  ]);
  const read = readReport(report);
  failures.push(...failuresOfVitest(read, ROOT));
  return ofVitest(read, code);
}

async function browserTests() {
  const browser = await ensureBrowser();
  const report = join(reports, 'e2e.json');
  const code = await node(['node_modules/playwright/cli.js', 'test', ...filters], {
    PLAYWRIGHT_JSON_OUTPUT_FILE: report,
    ...(browser ? { CHROMIUM_PATH: browser } : {}),
  });
  const read = readReport(report);
  failures.push(...failuresOfPlaywright(read));
  return ofPlaywright(read, code);
}

/** One Postgres for the whole run, unless the caller names one. */
async function shareServer() {
  if (environment.TEST_DATABASE_URL) return;
  const { startTestServer } = await import('./test-server.mjs');
  server = await startTestServer();
  environment = { ...environment, TEST_DATABASE_URL: server.url };
}

function node(args, env = {}) {
  return new Promise((settle, fail) => {
    current = spawn(process.execPath, args, {
      cwd: ROOT,
      env: { ...environment, ...env },
      stdio: ['ignore', 'inherit', 'inherit'],
    });
    current.once('error', fail);
    current.once('exit', (code) => {
      current = undefined;
      settle(code ?? 1);
    });
  });
}

function readReport(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}

function finish() {
  const passed = results.reduce((sum, result) => sum + result.passed, 0);
  const absent = results.reduce((sum, result) => sum + (result.absent ?? 0), 0);
  let failed = results.reduce((sum, result) => sum + result.failed + result.skipped, 0) - absent;
  if (interrupted || (passed === 0 && failed === 0)) failed = Math.max(failed, 1);
  const rows = results.map(({ part, seconds, ...counts }) => [
    part,
    counts.passed,
    counts.failed,
    counts.skipped,
    seconds.toFixed(1),
  ]);
  const table = [['part', 'passed', 'failed', 'skipped', 'seconds'], ...rows]
    .map(([first, ...rest]) =>
      [String(first).padEnd(8), ...rest.map((cell) => String(cell).padStart(8))].join(' '),
    )
    .join('\n');
  const notes = [
    failures.length > 0 && `\n\nFailed:\n${failures.join('\n')}`,
    absent > 0 &&
      `\n${absent} skipped: Radicale ${RADICALE_VERSION}, which CalDAV is tested against, is not installed (.ci/run installs it).`,
    results.some(({ skipped, absent: known = 0 }) => skipped > known) && '\nA skipped test counts as failed.',
  ];
  process.stdout.write(`\n${table}${notes.filter(Boolean).join('')}\n\n${passed} passed, ${failed} failed\n`);
  process.exitCode = failed === 0 ? 0 : 1;
}
