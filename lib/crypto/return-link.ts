import { createHmac } from 'node:crypto';
import { z } from 'zod';
import { readValues, signValues } from './signed-values';

const PURPOSE = 'return';
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
  return signValues(key, PURPOSE, [1, link.visitorId, link.addressTag, link.expiresAt]);
}

/** Null for anything that was not signed by us, whole. Whether it is too old is for the caller to say. */
export function readReturnLink(key: Buffer, text: string): ReturnLink | null {
  const parsed = content.safeParse(readValues(key, PURPOSE, text));
  if (!parsed.success) return null;
  const [, visitorId, addressTag, expiresAt] = parsed.data;
  return { visitorId, addressTag, expiresAt };
}

export function addressTag(key: Buffer, email: string): string {
  return createHmac('sha256', key).update(`address.${email}`).digest('base64url').slice(0, 16);
}
