import { findCustomer } from '@/db/queries/customers';
import { readRuledBy } from '@/db/queries/ruled-by';
import type { Judgement } from '@/lib/domain/judgement';
import { applyRules, decided, type RuleOutcome } from '@/lib/domain/rules';
import type { Context } from '../context';
import { ruleFacts } from './facts';

const ESCALATED = 'This is one for a person. I can connect you, and they will read all of this first.';
const BESIDE = 'If you would rather talk to a person about this, I can connect you.';

/** What the desk's rules decide of a turn. They go by words and measures, and nothing that is said to a model moves them. */
export async function ruleTurn(
  ctx: Context,
  head: { widgetId: string; customerId: string | null; topic: string | null },
  turn: { text: string; at: number },
  judgement: Judgement,
): Promise<RuleOutcome> {
  const { rules } = ctx.settings.rules();
  if (rules.length === 0) return decided([]);
  const customer = head.customerId ? await findCustomer(ctx.db, head.customerId) : null;
  const { signals, confidence } = judgement;
  const topic = judgement.topic ?? head.topic;
  return applyRules(
    rules,
    ruleFacts(ctx, { ...turn, widgetId: head.widgetId, topic, signals, confidence, customer }),
  );
}

/** The judgement as the rules would have it: a person is offered, beside the answer or instead of it. */
export function withRules(judgement: Judgement, { offer }: RuleOutcome): Judgement {
  const { reply } = judgement;
  const answers = reply.sources.length > 0;
  if (offer === null || (judgement.offer !== null && !(offer === 'instead' && answers))) return judgement;
  return {
    ...judgement,
    reply:
      offer === 'instead'
        ? { text: ESCALATED, sources: [] }
        : { ...reply, text: `${reply.text}\n\n${BESIDE}` },
    offer: judgement.offer ?? { reason: 'rule' },
  };
}

/** What the rules that have held in this stretch with the bot decide, as they are now. */
export async function readRuled(ctx: Context, conversationId: string): Promise<RuleOutcome> {
  const { rules } = ctx.settings.rules();
  if (rules.length === 0) return decided([]);
  const held = new Set(await readRuledBy(ctx.db, conversationId));
  return decided(rules.filter(({ id, enabled }) => enabled && held.has(id)));
}
