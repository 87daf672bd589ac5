import { createHmac } from 'node:crypto';

/** Stable text of a JSON value: keys sorted, so that it survives a round trip through jsonb. */
export function canonical(value: unknown): string {
  if (value === null || typeof value !== 'object') return JSON.stringify(value) ?? 'null';
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  const entries = Object.entries(value)
    .filter(([, member]) => member !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([key, member]) => `${JSON.stringify(key)}:${canonical(member)}`).join(',')}}`;
}

/** What an event's hash covers, besides its place in the chain. `at` is epoch milliseconds. */
export function eventContent(event: { kind: string; actor: unknown; payload: unknown; at: number }): string {
  return canonical([event.kind, event.actor, event.payload, event.at]);
}

/** The two padded key blocks of HMAC-SHA256, for the SQL function that keeps the chain. */
export function hmacPads(key: Buffer): { inner: Buffer; outer: Buffer } {
  const held = padsOf.get(key);
  if (held) return held;
  const made = makePads(key);
  padsOf.set(key, made);
  return made;
}

/** The key is the same for the life of the process. */
const padsOf = new WeakMap<Buffer, { inner: Buffer; outer: Buffer }>();

function makePads(key: Buffer) {
  const block = Buffer.alloc(64);
  key.copy(block);
  return {
    inner: Buffer.from(block.map((byte) => byte ^ 0x36)),
    outer: Buffer.from(block.map((byte) => byte ^ 0x5c)),
  };
}

/** The same hash as SQL's audit_chain, one event at a time. */
export function chainHash(
  key: Buffer,
  previous: Buffer,
  subject: string,
  seq: number,
  content: string,
): Buffer {
  return createHmac('sha256', key).update(previous).update(`${subject}:${seq}:${content}`).digest();
}
