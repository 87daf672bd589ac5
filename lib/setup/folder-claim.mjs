import { randomBytes } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, renameSync, unlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { processStamp } from './process-identity.mjs';

/**
 * Takes the exclusive claim on a folder, or answers with the live holder: `{ claim }` or `{ holder }`.
 *
 * Every contender writes a file of its own and then looks at all others, so that two of them can never both
 * overlook each other; files of dead processes are recognised by the start time of their pid and are removed.
 * Names are never used twice, hence removing a dead one cannot hit a live one.
 */
export function claimFolder(folder, details = {}) {
  const held = currentHolder(folder);
  if (held) return { holder: held };
  mkdirSync(folder, { recursive: true });
  const token = randomBytes(8).toString('hex');
  const file = join(folder, `${process.pid}-${token}.json`);
  const self = { pid: process.pid, stamp: processStamp(process.pid), token, state: 'contending', ...details };
  publish(file, self);
  for (;;) {
    const others = readClaims(folder).filter((claim) => claim.token !== token);
    const winner =
      others.find((claim) => claim.state === 'held') ?? others.find((claim) => claim.token < token);
    if (winner) {
      unlinkSync(file);
      return { holder: winner };
    }
    // A contender with a higher token that looked before this file was there may still become the holder.
    if (others.length === 0) break;
    pause(5);
  }
  self.state = 'held';
  publish(file, self);
  return {
    claim: {
      update(more) {
        Object.assign(self, more);
        publish(file, self);
      },
      release() {
        remove(file);
      },
    },
  };
}

/** Who holds the claim on a folder now; changes nothing. */
export function currentHolder(folder) {
  return readClaims(folder, { sweep: false }).find((claim) => claim.state === 'held');
}

/**
 * Waits for the claim for as long as `patience(holder)` says, in milliseconds; `onWait(holder)` is told once who
 * is in the way. Answers like `claimFolder`.
 */
export async function awaitClaim(
  folder,
  details,
  { patience = () => Number.POSITIVE_INFINITY, onWait } = {},
) {
  const since = Date.now();
  let told = false;
  for (;;) {
    const attempt = claimFolder(folder, details);
    if (attempt.claim || Date.now() - since >= patience(attempt.holder)) return attempt;
    if (!told) onWait?.(attempt.holder);
    told = true;
    await new Promise((resolve) => setTimeout(resolve, 100 + Math.random() * 50));
  }
}

function readClaims(folder, { sweep = true } = {}) {
  let names;
  try {
    names = readdirSync(folder);
  } catch {
    return [];
  }
  const claims = [];
  for (const name of names) {
    if (!/^\d+-[0-9a-f]{16}\.json$/.test(name)) continue;
    const file = join(folder, name);
    let claim;
    try {
      claim = JSON.parse(readFileSync(file, 'utf8'));
    } catch {
      continue;
    }
    if (claim.stamp !== undefined && processStamp(claim.pid) === claim.stamp) claims.push(claim);
    else if (sweep) remove(file);
  }
  return claims;
}

function publish(file, content) {
  const draft = `${file}.draft`;
  writeFileSync(draft, JSON.stringify(content), { mode: 0o600 });
  renameSync(draft, file);
}

function remove(file) {
  try {
    unlinkSync(file);
  } catch (error) {
    if (error.code !== 'ENOENT') throw error;
  }
}

function pause(ms) {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
}
