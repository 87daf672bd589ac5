import { z } from 'zod';
import { findCustomer, findCustomerByExternalId } from '@/db/queries/customers';
import { readIdentitySecret } from '@/db/queries/visitors';
import { verifyIdentity } from '@/lib/crypto/identity';
import { unseal } from '@/lib/crypto/sealed';
import { type Approach, approachesOf, approachText } from '@/lib/domain/approach';
import { applyRules } from '@/lib/domain/rules';
import type { Context } from '../context';
import { AppError, notFound } from '../errors';
import { readOutlook } from '../handoff/availability';
import { offeredEvent } from '../handoff/offer';
import { page, visit } from '../message/inputs';
import { ruleFacts } from '../rules/facts';

export const mayApproachInput = z.strictObject({
  key: z.string().max(80),
  page,
  visit,
  said: z.int().min(0).max(10_000),
  identity: z.string().max(4000).optional(),
});

/** When customers of a widget may be approached, as far as their browser can tell; null for an unknown key. */
export function readApproaches(
  ctx: Context,
  key: string,
): { key: string; approaches: Approach[]; texts: Record<string, string> } | null {
  const widget = ctx.directory.widgetByKey(key);
  if (!widget) return null;
  const { approachTakeUp, approachDismiss, approachTitle } = widget.texts;
  const texts = { approachTakeUp, approachDismiss, approachTitle };
  return {
    key,
    approaches: approachesOf(ctx.settings.rules().rules),
    texts: Object.fromEntries(Object.entries(texts).flatMap(([name, text]) => (text ? [[name, text]] : []))),
  };
}

/**
 * With what somebody who has the chat closed is approached now: the first rule that holds for them and whose team can serve
 * anything. Null otherwise. Nothing is written: who they are is kept only once they open the chat.
 */
export async function mayApproach(
  ctx: Context,
  /** Of the site that asks; null for our own. */
  site: string | null,
  raw: z.input<typeof mayApproachInput>,
): Promise<{ ruleId: string; text: string } | null> {
  const input = mayApproachInput.parse(raw);
  const widget = ctx.directory.widgetByKey(input.key);
  if (!widget) throw notFound('widget');
  if (site !== null && !widget.allowedOrigins.includes(site))
    throw new AppError('forbidden', 'This site may not show the widget.');
  const facts = ruleFacts(ctx, {
    text: '',
    page: input.page ?? null,
    visit: input.visit ?? null,
    said: input.said,
    at: ctx.now(),
    topic: null,
    widgetId: widget.id,
    confidence: null,
    signals: [],
    customer: input.identity === undefined ? null : await customerOf(ctx, widget.id, input.identity),
  });
  for (const rule of ctx.settings.rules().rules) {
    const text = approachText(rule);
    const outcome = text === null ? null : applyRules([rule], facts);
    if (text === null || outcome === null || outcome.matched.length === 0) continue;
    const outlook = await readOutlook(ctx, { widgetId: widget.id, topic: null, team: outcome.team });
    const offer = { reason: 'opportunity', confidence: null, by: 'bot', topic: null, outlook } as const;
    const { paths } = offeredEvent(ctx, widget.id, { ...offer, only: outcome.path }).payload;
    if (paths.length > 0) return { ruleId: rule.id, text };
  }
  return null;
}

async function customerOf(ctx: Context, widgetId: string, identity: string) {
  const secret = unseal(ctx.keys.rest, `widget:${widgetId}`, await readIdentitySecret(ctx.db, widgetId));
  const claims = verifyIdentity(secret, identity, ctx.now());
  const id = claims && (await findCustomerByExternalId(ctx.db, claims.sub));
  return id ? findCustomer(ctx.db, id) : null;
}
