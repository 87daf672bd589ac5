import { createHmac, timingSafeEqual } from 'node:crypto';

/** Values in a text that only we can have written; `purpose` keeps what was signed for one thing from passing for another. */
export function signValues(key: Buffer, purpose: string, values: readonly (string | number)[]): string {
  const body = Buffer.from(JSON.stringify(values)).toString('base64url');
  return `${body}.${seal(key, purpose, body)}`;
}

/** Null for anything that was not signed by us for this purpose, whole. */
export function readValues(key: Buffer, purpose: string, text: string): unknown {
  const [body, signature, ...rest] = text.split('.');
  if (!body || !signature || rest.length > 0) return null;
  const given = Buffer.from(signature, 'base64url');
  const expected = Buffer.from(seal(key, purpose, body), 'base64url');
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) return null;
  return JSON.parse(Buffer.from(body, 'base64url').toString());
}

function seal(key: Buffer, purpose: string, body: string): string {
  return createHmac('sha256', key).update(`${purpose}.${body}`).digest('base64url');
}
