import { renewVisitors, shortenVisitors } from '@/db/queries/visitors';
import type { Context } from '../context';
import { REPLY_MAIL } from '../mail/mail-replies';

const LEASE_MS = 30_000;
export const RENEW_MS = 10_000;

/**
 * This server hears these visitors, and promises to for the length of a lease. Answers those who left an address: nobody
 * else is ever missed, and only they need be renewed.
 */
export function renewPresence(ctx: Context, visitorIds: readonly string[]): Promise<string[]> {
  return renewVisitors(ctx.db, visitorIds, ctx.now() + LEASE_MS);
}

/** This server hears them no longer; another that does has time to say so. */
export function endPresence(ctx: Context, visitorIds: readonly string[]): Promise<void> {
  return shortenVisitors(ctx.db, visitorIds, ctx.now() + RENEW_MS + 1000, `${REPLY_MAIL}:`);
}
