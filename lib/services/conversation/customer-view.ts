import type { Head } from '@/db/queries/conversation-rows';
import { earlierHandoffs, findCustomer } from '@/db/queries/customers';
import { visitorLabel } from '@/lib/domain/visitor-label';
import type { CustomerView } from '@/lib/protocol';
import type { Context } from '../context';

/** Whom a conversation is with, as the desk shows it: the record, or a browser that nobody has named. */
export async function customerView(ctx: Context, head: Head): Promise<CustomerView> {
  const currency = ctx.directory.widget(head.widgetId)?.currency ?? 'EUR';
  const customer = head.customerId ? await findCustomer(ctx.db, head.customerId) : null;
  if (customer === null) {
    return {
      id: null,
      name: visitorLabel(head.visitorId),
      email: null,
      verified: false,
      tier: null,
      customerSince: null,
      lifetimeValue: null,
      currency,
      churnRisk: null,
      orders: null,
      preferredContact: null,
      locale: null,
      timeZone: null,
      attributes: {},
      earlier: { handoffs: 0, lastOutcome: null },
    };
  }
  return { ...customer, currency, earlier: await earlierHandoffs(ctx.db, customer.id, head.handoffId) };
}
