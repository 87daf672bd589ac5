import type { Change } from '@/db/commit';
import { findCustomer } from '@/db/queries/customers';
import { readRuledBy } from '@/db/queries/ruled-by';
import { rulesOfTurns } from '@/lib/domain/approach';
import type { ConversationEvent } from '@/lib/domain/conversation';
import type { Visit } from '@/lib/domain/engagement';
import type { Judgement } from '@/lib/domain/judgement';
import { applyRules, decided, type RuleOutcome } from '@/lib/domain/rules';
import { teamFor } from '@/lib/domain/team-for';
import type { Context } from '../context';
import { ruleFacts } from './facts';

const ESCALATED = 'This is one for a person. I can connect you, and they will read all of this first.';
const SUGGESTED = 'One of our consultants can look at this with you and make you an offer, if you like.';
const BESIDE = 'If you would rather talk to a person about this, I can connect you.';

/** What the desk's rules decide of a turn. They go by words and measures, and nothing that is said to a model moves them. */
export async function ruleTurn(
  ctx: Context,
  head: { id: string; widgetId: string; customerId: string | null; topic: string | null },
  turn: { text: string; at: number; page: string | null; visit: Visit | null; said: number },
  judgement: Judgement,
): Promise<RuleOutcome> {
  const rules = rulesOfTurns(ctx.settings.rules().rules);
  if (rules.length === 0) return decided([]);
  const customer = head.customerId ? await findCustomer(ctx.db, head.customerId) : null;
  const { signals, confidence } = judgement;
  const topic = judgement.topic ?? head.topic;
  const outcome = applyRules(
    rules,
    ruleFacts(ctx, { ...turn, widgetId: head.widgetId, topic, signals, confidence, customer }),
  );
  if (outcome.suggestedBy.length === 0) return outcome;
  const held = new Set(await readRuledBy(ctx.db, head.id));
  return { ...outcome, suggestedBy: outcome.suggestedBy.filter((id) => !held.has(id)) };
}

/** The judgement as the rules would have it: a person is offered, beside the answer or instead of it. */
export function withRules(
  judgement: Judgement,
  { offer, suggestedBy }: RuleOutcome,
  hasOffer = false,
): Judgement {
  const { reply } = judgement;
  const answers = reply.sources.length > 0;
  const suggests = suggestedBy.length > 0 && offer === null && !hasOffer;
  if (suggests && judgement.signals.some(({ name, fired }) => name === 'enterprise' && fired)) {
    return { ...judgement, offer: { reason: 'opportunity' } };
  }
  if (suggests && judgement.offer === null) {
    const text = `${reply.text}\n\n${SUGGESTED}`;
    return { ...judgement, reply: { ...reply, text }, offer: { reason: 'opportunity' } };
  }
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

/**
 * What rules do beside an offer: labels that the talk has not got, and word to a team, once for each rule in a stretch with
 * the bot.
 */
export async function ruleEffects(
  ctx: Context,
  head: { id: string; widgetId: string; topic: string | null; labels: readonly string[] },
  { matched, labels }: RuleOutcome,
): Promise<{ head: Change['head']; events: ConversationEvent[] }> {
  const events: ConversationEvent[] = [];
  const added = labels.filter((label) => !head.labels.includes(label));
  if (added.length > 0) events.push({ kind: 'conversation.labelled', payload: { added, removed: [] } });
  const tells = matched.flatMap(({ id: ruleId, act }) =>
    act.flatMap((action) => (action.do === 'notify' ? [{ ruleId, team: action.team }] : [])),
  );
  const held = new Set(tells.length === 0 ? [] : await readRuledBy(ctx.db, head.id));
  const own = ctx.directory.widget(head.widgetId)?.teamId;
  for (const { ruleId, team } of tells) {
    if (held.has(ruleId) || own === undefined) continue;
    const teamId = teamFor(team ?? head.topic, ctx.directory.teams(), own);
    events.push({ kind: 'team.notified', payload: { teamId, ruleId } });
  }
  return { head: added.length > 0 ? { labels: { add: added } } : {}, events };
}

/** What the rules that have held in this stretch with the bot decide, as they are now. */
export async function readRuled(ctx: Context, conversationId: string): Promise<RuleOutcome> {
  const { rules } = ctx.settings.rules();
  if (rules.length === 0) return decided([]);
  const held = new Set(await readRuledBy(ctx.db, conversationId));
  return decided(rules.filter(({ id, enabled }) => enabled && held.has(id)));
}
