import { z } from 'zod';
import { readValues, signValues } from './signed-values';

const PURPOSE = 'visitor';
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
  return signValues(key, PURPOSE, [1, token.visitorId, token.widgetId, token.issuedAt]);
}

/** Null for anything that was not signed by us or is too old. */
export function verifyVisitorToken(key: Buffer, text: string, now: number): VisitorToken | null {
  const parsed = content.safeParse(readValues(key, PURPOSE, text));
  if (!parsed.success) return null;
  const [, visitorId, widgetId, issuedAt] = parsed.data;
  if (now - issuedAt > LIFE_MS) return null;
  return { visitorId, widgetId, issuedAt };
}

export function visitorTokenIsStale(token: VisitorToken, now: number): boolean {
  return now - token.issuedAt > RENEW_AFTER_MS;
}
