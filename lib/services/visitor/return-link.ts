import { findVisitor, type VisitorRow } from '@/db/queries/visitors';
import { addressTag, readReturnLink, signReturnLink } from '@/lib/crypto/return-link';
import type { Context } from '../context';
import type { DirectoryWidget } from '../directory';

export const RETURN_DAYS = 14;
const LIFE_MS = RETURN_DAYS * 24 * 60 * 60_000;

/** The address under which somebody comes back to their conversation. Whoever has it is that visitor, for as long as it holds. */
export function returnUrl(ctx: Context, visitorId: string, email: string): string {
  const token = signReturnLink(ctx.keys.link, {
    visitorId,
    addressTag: addressTag(ctx.keys.link, email),
    expiresAt: ctx.now() + LIFE_MS,
  });
  return `${ctx.baseUrl}/return/${token}`;
}

export type ReturnedBy =
  | { kind: 'open'; visitor: VisitorRow; widget: DirectoryWidget }
  /** It was ours, and is too old, or the address has changed since. */
  | { kind: 'expired'; widget: DirectoryWidget | null }
  | { kind: 'unknown' };

/** What a link opens. Only looks: a scanner that follows it changes nothing, however often. */
export async function readReturn(ctx: Context, token: string): Promise<ReturnedBy> {
  const link = readReturnLink(ctx.keys.link, token);
  if (link === null) return { kind: 'unknown' };
  const visitor = await findVisitor(ctx.db, link.visitorId);
  const widget = (visitor && ctx.directory.widget(visitor.widgetId)) ?? null;
  const isHis = visitor?.email && addressTag(ctx.keys.link, visitor.email) === link.addressTag;
  if (widget === null || !isHis || link.expiresAt <= ctx.now()) return { kind: 'expired', widget };
  return { kind: 'open', visitor, widget };
}
