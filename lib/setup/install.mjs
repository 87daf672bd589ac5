import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { ROOT } from './environment.mjs';
import { run, step } from './terminal.mjs';

/** Installs the packages when node_modules is missing or does not match package-lock.json. */
export async function ensureInstalled(root = ROOT) {
  const reason = installReason(root);
  if (!reason) return;
  await step(`Installing packages (${reason})`, async () => {
    const npm = npmCommand();
    // Not `npm ci`: it refuses a lock file that was written where packages for other systems could not be had.
    const flags = ['--no-save', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error'];
    await run(npm.command, [...npm.args, 'install', ...flags], { cwd: root, shell: npm.shell });
    writeFileSync(marker(root), lockHash(root));
  });
}

/** Why the packages have to be installed, or undefined when they are in place. */
export function installReason(root = ROOT) {
  if (!existsSync(join(root, 'node_modules'))) return 'first start';
  const hash = lockHash(root);
  if (existsSync(marker(root)) && readFileSync(marker(root), 'utf8') === hash) return undefined;
  // Somebody may have run npm themselves: what npm says it installed decides.
  const installed = join(root, 'node_modules', '.package-lock.json');
  if (!existsSync(installed)) return 'the last installation was not finished';
  if (!matches(readLock(join(root, 'package-lock.json')), readLock(installed)))
    return 'package-lock.json changed';
  writeFileSync(marker(root), hash);
  return undefined;
}

/** Whether the tree that npm installed is the one that the lock file asks for. */
export function matches(wanted, installed) {
  for (const [path, entry] of Object.entries(wanted)) {
    if (path === '') continue;
    const there = installed[path];
    if (!there) {
      if (entry.optional || entry.devOptional || entry.peer) continue;
      return false;
    }
    if (there.version !== entry.version || there.integrity !== entry.integrity) return false;
  }
  return Object.entries(installed).every(([path, entry]) => path in wanted || entry.optional);
}

function readLock(file) {
  return JSON.parse(readFileSync(file, 'utf8')).packages ?? {};
}

function marker(root) {
  return join(root, 'node_modules', '.baton-lock');
}

function lockHash(root) {
  return createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex');
}

function npmCommand() {
  const own = process.env.npm_execpath;
  if (own && basename(own) === 'npm-cli.js') return { command: process.execPath, args: [own], shell: false };
  return process.platform === 'win32'
    ? { command: 'npm.cmd', args: [], shell: true }
    : { command: 'npm', args: [], shell: false };
}
