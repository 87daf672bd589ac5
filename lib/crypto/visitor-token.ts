import { createHmac, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';

const LIFE_MS = 24 * 60 * 60_000;
const RENEW_AFTER_MS = LIFE_MS / 2;
const content = z.tuple([z.literal(1), z.string(), z.string(), z.number()]);

export interface VisitorToken {
  visitorId: string;
  widgetId: string;
  issuedAt: number;
}

/** A visitor's proof: signed, bound to the widget, 24 hours long. Kept by the widget's own frame, never in a cookie. */
export function signVisitorToken(key: Buffer, token: VisitorToken): string {
  const body = Buffer.from(JSON.stringify([1, token.visitorId, token.widgetId, token.issuedAt])).toString(
    'base64url',
  );
  return `${body}.${seal(key, body)}`;
}

/** Null for anything that was not signed by us or is too old. */
export function verifyVisitorToken(key: Buffer, text: string, now: number): VisitorToken | null {
  const [body, signature, ...rest] = text.split('.');
  if (!body || !signature || rest.length > 0) return null;
  const given = Buffer.from(signature, 'base64url');
  const expected = Buffer.from(seal(key, body), 'base64url');
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) return null;
  const parsed = content.safeParse(JSON.parse(Buffer.from(body, 'base64url').toString()));
  if (!parsed.success) return null;
  const [, visitorId, widgetId, issuedAt] = parsed.data;
  if (now - issuedAt > LIFE_MS) return null;
  return { visitorId, widgetId, issuedAt };
}

export function visitorTokenIsStale(token: VisitorToken, now: number): boolean {
  return now - token.issuedAt > RENEW_AFTER_MS;
}

function seal(key: Buffer, body: string): string {
  return createHmac('sha256', key).update(`visitor.${body}`).digest('base64url');
}
