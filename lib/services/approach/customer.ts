import { type CustomerRow, findCustomer } from '@/db/queries/customers';
import { findVisitor } from '@/db/queries/visitors';
import type { Context } from '../context';

/** Whom the visitor is known to be. */
export async function approachedCustomer(ctx: Context, visitorId: string): Promise<CustomerRow | null> {
  const visitor = await findVisitor(ctx.db, visitorId);
  return visitor?.customerId ? findCustomer(ctx.db, visitor.customerId) : null;
}
