import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { claimFolder, currentHolder } from './folder-claim.mjs';

const MODULE = join(__dirname, 'folder-claim.mjs');
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'baton-claim-'));
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

/** A process that tries to take the claim, says whether it did, and stays until it is killed. */
async function contender() {
  const script = `
    const { claimFolder } = await import(${JSON.stringify(MODULE)});
    process.stdin.once('data', () => {
      console.log(claimFolder(${JSON.stringify(folder)}).claim ? 'held' : 'refused');
    });
    console.log('here');`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const lines: string[] = [];
  const waiting: ((line: string) => void)[] = [];
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    for (const line of text.trim().split('\n')) {
      const first = waiting.shift();
      if (first) first(line);
      else lines.push(line);
    }
  });
  const next = () => {
    const line = lines.shift();
    return line === undefined ? new Promise<string>((settle) => waiting.push(settle)) : Promise.resolve(line);
  };
  await next();
  return {
    attempt() {
      child.stdin.write('go');
      return next();
    },
    kill() {
      return new Promise((settle) => {
        child.once('exit', settle);
        child.kill('SIGKILL');
      });
    },
  };
}

describe('the claim on a folder', () => {
  test('is held by one, whose details the other is told', () => {
    const { claim } = claimFolder(folder, { url: 'http://127.0.0.1:3000' });
    expect(claimFolder(folder).holder).toMatchObject({ pid: process.pid, url: 'http://127.0.0.1:3000' });
    claim?.release();
    expect(currentHolder(folder)).toBeUndefined();
  });

  test('changes nothing when it is refused', () => {
    claimFolder(folder);
    const look = () => readdirSync(folder).map((name) => [name, readFileSync(join(folder, name), 'utf8')]);
    const before = look();
    claimFolder(folder);
    expect(look()).toEqual(before);
  });

  test('goes to exactly one of eight that try at once, also over a dead holder', async () => {
    const dead = await contender();
    expect(await dead.attempt()).toBe('held');
    await dead.kill();
    const all = await Promise.all(Array.from({ length: 8 }, contender));
    try {
      const verdicts = await Promise.all(all.map((each) => each.attempt()));
      expect(verdicts.filter((verdict) => verdict === 'held')).toHaveLength(1);
    } finally {
      await Promise.all(all.map((each) => each.kill()));
    }
  });

  test('is free when its holder is dead and another process has the pid now', () => {
    const { claim } = claimFolder(folder);
    const [name = ''] = readdirSync(folder);
    const left = JSON.parse(readFileSync(join(folder, name), 'utf8'));
    claim?.release();
    writeFileSync(join(folder, name), JSON.stringify({ ...left, stamp: 'an earlier start' }));
    // The control: to a check of the pid alone that holder is alive.
    expect(process.kill(left.pid, 0)).toBe(true);
    expect(claimFolder(folder).claim).toBeDefined();
  });
});
