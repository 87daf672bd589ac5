import { z } from 'zod';
import type { Change } from '@/db/commit';
import { isUniqueViolation } from '@/db/errors';
import { findConversation, newestMessages } from '@/db/queries/conversations';
import type { VisitorActor } from '@/lib/domain/actor';
import { approachText } from '@/lib/domain/approach';
import { browsingSignals } from '@/lib/domain/browsing';
import { READ_BACK } from '@/lib/domain/read-back';
import { applyRules } from '@/lib/domain/rules';
import { commitChange } from '../commit';
import type { Context } from '../context';
import { decideAgain } from '../decide-again';
import { readOutlook } from '../handoff/availability';
import { again, anew, opening, requestPerson } from '../handoff/request';
import { composeMessage } from '../message/compose';
import { page, visit } from '../message/inputs';
import { ruleFacts } from '../rules/facts';
import { ruleEffects } from '../rules/rule-turn';
import { conversationOf } from '../visitor/conversation-of';
import { startOf } from '../visitor/start';
import { approachedCustomer } from './customer';

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
  return decideAgain(async () => {
    const conversationId = await conversationOf(ctx, actor);
    const opened =
      conversationId === null
        ? { change: await startOf(ctx, actor), topic: null, standing: null }
        : await opening(ctx, conversationId);
    if (opened === 'open already') return {};
    const { change, topic, standing } = opened;
    const head = conversationId === null ? null : (await findConversation(ctx.db, conversationId))?.head;
    const messages = head ? await newestMessages(ctx.db, head.id, READ_BACK) : [];
    const browses = {
      page: input.page ?? null,
      visit: input.visit ?? null,
      said: messages.filter(({ author }) => author === 'visitor').length,
      widgetId: actor.widgetId,
      topic,
    };
    const facts = ruleFacts(ctx, {
      ...browses,
      text: '',
      at: ctx.now(),
      confidence: null,
      signals: [],
      customer: await approachedCustomer(ctx, actor.id),
    });
    const outcome = applyRules([rule], facts);
    if (outcome.matched.length === 0) return requestPerson(ctx, actor);
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
      page: browses.page,
      visit: browses.visit,
    });
    const said: Change = {
      ...change,
      head: { ...change.head, ...effects.head },
      messages: [...change.messages, message],
      events: [...change.events, event, ...effects.events],
    };
    const offer = {
      reason: 'opportunity',
      confidence: null,
      by: 'bot',
      topic,
      outlook,
      only: outcome.path,
      approach: { rule: rule.id, signals: browsingSignals(rule.when, facts) },
    } as const;
    const offered = standing === null ? anew(ctx, said, offer) : again(ctx, said, standing, offer);
    try {
      const bot = { kind: 'bot', id: actor.widgetId, name: botName } as const;
      return (await commitChange(ctx, bot, offered)) && {};
    } catch (error) {
      if (isUniqueViolation(error, 'conversations_visitor')) return null;
      throw error;
    }
  });
}
