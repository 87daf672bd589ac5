import type { Change, NewFormLink } from '@/db/commit';
import type { HandoffRow, Head } from '@/db/queries/conversation-rows';
import { findCustomer } from '@/db/queries/customers';
import { findVisitor } from '@/db/queries/visitors';
import { signFormLink } from '@/lib/crypto/form-link';
import type { SentFormLink } from '@/lib/domain/conversation';
import {
  FORM_LINK_MINUTES,
  type FormTemplate,
  minutesToFill,
  PREFILLS,
  type Prefill,
  prefillOf,
} from '@/lib/domain/form-template';
import type { VisitorForm } from '@/lib/protocol';
import type { Context } from '../context';
import { handoffContext } from '../handoff/context';

const LIFE_MS = FORM_LINK_MINUTES * 60_000;

/** A link to a form, filled in with what the chat gathered and the record says, and the event that tells of it. */
export async function newFormLink(
  ctx: Context,
  loaded: { head: Head; handoff: Pick<HandoffRow, 'reason' | 'confidence'> | null },
  template: FormTemplate,
  returnTo: string | null,
): Promise<{ formLink: NewFormLink; event: Change['events'][number] }> {
  const { id: templateId, version: templateVersion, name, intro, fields, target, teamId } = template;
  const id = ctx.newId();
  const expiresAt = ctx.now() + LIFE_MS;
  const known = await gathered(ctx, loaded);
  return {
    formLink: {
      id,
      templateId,
      templateVersion,
      form: { name, intro, fields, target },
      teamId,
      prefilled: prefillOf(fields, known, ctx.now()),
      returnTo,
      expiresAt,
    },
    event: {
      kind: 'form.sent',
      payload: { linkId: id, templateId, templateVersion, name, minutes: minutesToFill(fields), expiresAt },
    },
  };
}

/** What was said wins over what the record says: it is newer. */
async function gathered(
  ctx: Context,
  loaded: { head: Head; handoff: Pick<HandoffRow, 'reason' | 'confidence'> | null },
): Promise<Partial<Record<Prefill, string>>> {
  const { customerId, visitorId } = loaded.head;
  const customer = customerId ? await findCustomer(ctx.db, customerId) : null;
  const visitor = await findVisitor(ctx.db, visitorId);
  const reason = loaded.handoff?.reason ?? 'requested_by_customer';
  const context = await handoffContext(ctx, loaded, reason, customer);
  const known: Partial<Record<Prefill, string>> = {};
  if (customer) known.name = customer.name;
  const email = visitor?.email ?? customer?.email;
  if (email) known.email = email;
  for (const [fact, label] of Object.entries(PREFILLS) as [Prefill, string][]) {
    const said = context.gathered.find((each) => each.label === label);
    if (said) known[fact] = said.value;
  }
  return known;
}

/** What a visitor is told of a link that was sent to them: it is theirs to open. */
export function visitorForm(ctx: Context, sent: SentFormLink): VisitorForm {
  const { linkId: id, templateId, name, minutes, expiresAt } = sent;
  return { id, templateId, name, minutes, expiresAt, url: formUrl(ctx, { linkId: id, expiresAt }) };
}

function formUrl(ctx: Context, link: { linkId: string; expiresAt: number }): string {
  return `/forms/${signFormLink(ctx.keys.link, link)}`;
}
