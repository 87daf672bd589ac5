import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { ALL_PARTS, ensureBuilt, serverBuild, withSetupLock } from './build.mjs';
import { ROOT } from './environment.mjs';
import { ensureInstalled } from './install.mjs';
import { explain, say } from './terminal.mjs';
import { startTestServer } from './test-server.mjs';

const ENTRY = 'e2e/bench/main.ts';
let server;
let bench;

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => bench?.kill('SIGTERM'));

try {
  if (!existsSync(join(ROOT, ENTRY))) throw new Error(`There is no ${ENTRY} to measure with.`);
  await withSetupLock(() => ensureInstalled());
  await ensureBuilt(ALL_PARTS);
  const esbuild = await import('esbuild');
  await esbuild.build(serverBuild(ENTRY, 'dist/bench/main.js'));
  await esbuild.stop();
  // As in production: every acknowledged row waits for the disk.
  server = await startTestServer({ durable: true });
  bench = spawn(process.execPath, ['--enable-source-maps', 'dist/bench/main.js', ...process.argv.slice(2)], {
    cwd: ROOT,
    env: { ...process.env, NODE_ENV: 'production', TEST_DATABASE_URL: server.url },
    stdio: 'inherit',
  });
  process.exitCode = await new Promise((settle) => {
    bench.once('exit', (code) => settle(code ?? 1));
  });
} catch (error) {
  say(explain(error));
  process.exitCode = 1;
} finally {
  await server?.close();
}
