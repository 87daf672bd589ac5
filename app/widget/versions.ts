import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';

const known = new Map<string, { changedAt: number; version: string }>();

/** A short hash of a built file, read again when the file changes. */
export async function builtVersion(
  name: 'widget.css' | 'widget.js' | 'later.js' | 'later.css',
): Promise<string> {
  const path = join(process.cwd(), 'public', 'built', name);
  const { mtimeMs: changedAt } = await stat(path);
  const before = known.get(name);
  if (before?.changedAt === changedAt) return before.version;
  const version = createHash('sha256')
    .update(await readFile(path))
    .digest('hex')
    .slice(0, 12);
  known.set(name, { changedAt, version });
  return version;
}

/** A built file whole. */
export function builtText(name: 'approach.js'): Promise<string> {
  return readFile(join(process.cwd(), 'public', 'built', name), 'utf8');
}
