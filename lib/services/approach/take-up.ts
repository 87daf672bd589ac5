import { z } from 'zod';
import { newestMessages } from '@/db/queries/conversations';
import { type CustomerRow, findCustomer } from '@/db/queries/customers';
import { findVisitor } from '@/db/queries/visitors';
import type { VisitorActor } from '@/lib/domain/actor';
import { approachText } from '@/lib/domain/approach';
import { browsingSignals } from '@/lib/domain/browsing';
import { READ_BACK } from '@/lib/domain/read-back';
import { applyRules } from '@/lib/domain/rules';
import type { Context } from '../context';
import { readOutlook } from '../handoff/availability';
import { openOffer } from '../handoff/open-offer';
import { personAsked, requestPerson } from '../handoff/request';
import { composeMessage } from '../message/compose';
import { page, visit } from '../message/inputs';
import { ruleFacts } from '../rules/facts';
import { ruleEffects } from '../rules/rule-turn';

export const takeUpInput = z.strictObject({ ruleId: z.string().max(60), page, visit });

/**
 * A customer takes up what they were approached with: the offer stands, as an opportunity, without a word of theirs. Where
 * the rule no longer holds they are offered a person all the same, as whoever asks for one.
 */
export async function takeUpApproach(
  ctx: Context,
  actor: VisitorActor,
  raw: z.input<typeof takeUpInput>,
): Promise<Record<string, never>> {
  const input = takeUpInput.parse(raw);
  const rule = ctx.settings.rules().rules.find(({ id }) => id === input.ruleId);
  const text = rule ? approachText(rule) : null;
  if (rule === undefined || text === null) return requestPerson(ctx, actor);
  return openOffer(ctx, actor, async (opening) => {
    const { change, head } = opening;
    const topic = head?.topic ?? null;
    const messages = head ? await newestMessages(ctx.db, head.id, READ_BACK) : [];
    const facts = ruleFacts(ctx, {
      text: '',
      page: input.page ?? null,
      visit: input.visit ?? null,
      said: messages.filter(({ author }) => author === 'visitor').length,
      at: ctx.now(),
      topic,
      widgetId: actor.widgetId,
      confidence: null,
      signals: [],
      customer: await customerOf(ctx, actor),
    });
    const outcome = applyRules([rule], facts);
    if (outcome.matched.length === 0) return personAsked(ctx, actor, opening);
    const talk = { id: change.conversationId, widgetId: actor.widgetId, topic, labels: head?.labels ?? [] };
    const [outlook, effects] = await Promise.all([
      readOutlook(ctx, { widgetId: actor.widgetId, topic, team: outcome.team }),
      ruleEffects(ctx, talk, outcome),
    ]);
    const botName = ctx.directory.widget(actor.widgetId)?.botName ?? 'Bot';
    const { message, event } = composeMessage(ctx, {
      clientId: `approach-${ctx.newId()}`,
      author: 'bot',
      authorId: null,
      authorName: botName,
      kind: 'text',
      body: text,
      page: input.page ?? null,
      visit: input.visit ?? null,
    });
    return {
      by: { kind: 'bot', id: actor.widgetId, name: botName },
      change: {
        ...change,
        head: { ...change.head, ...effects.head },
        messages: [...change.messages, message],
        events: [...change.events, event, ...effects.events],
      },
      offer: {
        reason: 'opportunity',
        confidence: null,
        by: 'bot',
        topic,
        outlook,
        only: outcome.path,
        approach: { rule: rule.id, signals: browsingSignals(rule.when, facts) },
      },
    };
  });
}

async function customerOf(ctx: Context, actor: VisitorActor): Promise<CustomerRow | null> {
  const visitor = await findVisitor(ctx.db, actor.id);
  return visitor?.customerId ? findCustomer(ctx.db, visitor.customerId) : null;
}
