import { createHmac, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';

const content = z.tuple([z.literal(1), z.string(), z.string(), z.number()]);

/** Whom a link brings back: to whichever address it was sent, and until when. */
export interface ReturnLink {
  visitorId: string;
  /** Of the address it was sent to, so that a link dies with the address. */
  addressTag: string;
  expiresAt: number;
}

/** The proof in a mailed link. It says nothing of the conversation to whoever reads it. */
export function signReturnLink(key: Buffer, link: ReturnLink): string {
  const body = Buffer.from(JSON.stringify([1, link.visitorId, link.addressTag, link.expiresAt])).toString(
    'base64url',
  );
  return `${body}.${seal(key, body)}`;
}

/** Null for anything that was not signed by us, whole. Whether it is too old is for the caller to say. */
export function readReturnLink(key: Buffer, text: string): ReturnLink | null {
  const [body, signature, ...rest] = text.split('.');
  if (!body || !signature || rest.length > 0) return null;
  const given = Buffer.from(signature, 'base64url');
  const expected = Buffer.from(seal(key, body), 'base64url');
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) return null;
  const parsed = content.safeParse(JSON.parse(Buffer.from(body, 'base64url').toString()));
  if (!parsed.success) return null;
  const [, visitorId, addressTag, expiresAt] = parsed.data;
  return { visitorId, addressTag, expiresAt };
}

export function addressTag(key: Buffer, email: string): string {
  return createHmac('sha256', key).update(`address.${email}`).digest('base64url').slice(0, 16);
}

function seal(key: Buffer, body: string): string {
  return createHmac('sha256', key).update(`return.${body}`).digest('base64url');
}
