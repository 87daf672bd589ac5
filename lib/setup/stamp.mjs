import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';

/** Digests of the given files, by their path below the root; a missing file has none. */
export function digestFiles(root, paths) {
  const digests = {};
  for (const path of [...paths].sort()) {
    try {
      digests[path] = createHash('sha1')
        .update(readFileSync(join(root, path)))
        .digest('hex');
    } catch (error) {
      if (error.code !== 'ENOENT') throw error;
    }
  }
  return digests;
}

/** All files below the given folders (and the given files) that pass the filter, with forward slashes. */
export function listFiles(root, entries, keep = () => true) {
  const found = [];
  const visit = (path) => {
    let children;
    try {
      children = readdirSync(path, { withFileTypes: true });
    } catch (error) {
      if (error.code === 'ENOTDIR') found.push(path);
      else if (error.code !== 'ENOENT') throw error;
      return;
    }
    for (const child of children) {
      if (child.isDirectory()) visit(join(path, child.name));
      else found.push(join(path, child.name));
    }
  };
  for (const entry of entries) visit(join(root, entry));
  return found.map((path) => relative(root, path).split(sep).join('/')).filter(keep);
}

/** The first difference between what was built and what is there now, in words; undefined when there is none. */
export function firstChange(built, now) {
  if (!built) return 'not built yet';
  for (const path of Object.keys(now)) {
    if (!(path in built)) return `${path} is new`;
    if (built[path] !== now[path]) return `${path} changed`;
  }
  const gone = Object.keys(built).find((path) => !(path in now));
  return gone === undefined ? undefined : `${gone} is gone`;
}
