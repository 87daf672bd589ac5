import { randomFillSync } from 'node:crypto';

/** Random bytes are asked for in stretches: each call on its own costs as much as the rest of a message's ids. */
const pool = Buffer.alloc(4096);
let used = pool.length;
let lastMs = -1;
let countInMs = 0;

/**
 * UUID version 7: time first, so that indexes grow at their end; then a count within the millisecond (RFC 9562, 6.2,
 * method 1), so that what one process makes sorts in the order it was made; 62 random bits. `now` is epoch milliseconds.
 */
export function uuidv7(now: number): string {
  countInMs = now === lastMs ? (countInMs + 1) & 0xfff : 0;
  lastMs = now;
  if (used + 16 > pool.length) {
    randomFillSync(pool);
    used = 0;
  }
  const bytes = pool.subarray(used, used + 16);
  used += 16;
  bytes.writeUIntBE(now, 0, 6);
  bytes.writeUInt16BE(0x7000 | countInMs, 6);
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = bytes.toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}
