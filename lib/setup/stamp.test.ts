import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { digestFiles, firstChange, listFiles } from './stamp.mjs';

let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'baton-stamp-'));
  mkdirSync(join(root, 'lib/deep'), { recursive: true });
  writeFileSync(join(root, 'lib/one.ts'), 'one');
  writeFileSync(join(root, 'lib/deep/two.ts'), 'two');
  writeFileSync(join(root, 'lib/one.test.ts'), 'test');
});

afterEach(() => {
  rmSync(root, { recursive: true });
});

const sources = () => listFiles(root, ['lib', 'missing'], (path) => !path.endsWith('.test.ts'));
const digests = () => digestFiles(root, sources());

describe('what was built', () => {
  test('is current while nothing changed, also when a file was only touched', () => {
    const built = digests();
    utimesSync(join(root, 'lib/one.ts'), 1, 1);
    expect(firstChange(built, digests())).toBeUndefined();
  });

  test('is stale when it was never built', () => {
    expect(firstChange(undefined, digests())).toBe('not built yet');
  });

  test('is stale when a file changed, with the name of the file', () => {
    const built = digests();
    writeFileSync(join(root, 'lib/deep/two.ts'), 'owt');
    expect(firstChange(built, digests())).toBe('lib/deep/two.ts changed');
  });

  test('is stale when a file came or went', () => {
    const built = digests();
    writeFileSync(join(root, 'lib/three.ts'), '');
    const more = digests();
    expect(firstChange(built, more)).toBe('lib/three.ts is new');
    expect(firstChange(more, built)).toBe('lib/three.ts is gone');
  });

  test('does not depend on what the filter leaves out', () => {
    const built = digests();
    writeFileSync(join(root, 'lib/one.test.ts'), 'another test');
    expect(firstChange(built, digests())).toBeUndefined();
  });
});
