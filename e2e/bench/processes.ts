import { type ChildProcess, execFileSync, fork } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { build } from 'esbuild';

/** Bundles a server of the bench and starts it; answers when it listens. */
export async function startBenchServer(entry: string, args: string[]): Promise<ChildProcess> {
  const folder = mkdtempSync(path.join(tmpdir(), 'baton-bench-'));
  const outfile = path.join(
    process.cwd(),
    'dist',
    `${path.basename(entry, '.ts')}-${path.basename(folder)}.js`,
  );
  await build({
    entryPoints: [entry],
    outfile,
    bundle: true,
    platform: 'node',
    packages: 'external',
    logLevel: 'error',
  });
  const child = fork(outfile, args, { stdio: 'inherit' });
  await new Promise<void>((resolve, reject) => {
    child.once('message', () => resolve());
    child.once('exit', () => reject(new Error(`${entry} ended at its start`)));
  });
  return child;
}

/** One core for whoever serves and one for whoever loads, where the system can; otherwise both share what there is. */
export function pin(pid: number | undefined, core: number): void {
  if (pid === undefined || process.platform !== 'linux') return;
  try {
    execFileSync('taskset', ['-a', '-p', '-c', String(core), String(pid)], { stdio: 'ignore' });
  } catch {
    process.stderr.write('taskset is not there: load and server share their cores\n');
  }
}

export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() =>
        address && typeof address === 'object' ? resolve(address.port) : reject(new Error('no port')),
      );
    });
  });
}
