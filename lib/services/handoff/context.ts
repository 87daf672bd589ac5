import type { HandoffRow, Head } from '@/db/queries/conversation-rows';
import { newestMessages } from '@/db/queries/conversations';
import type { CustomerRow } from '@/db/queries/customers';
import { newestJudgements } from '@/db/queries/judgements';
import { readApproachSignals } from '@/db/queries/offers';
import type { HandoffContext, Reason } from '@/lib/domain/handoff';
import type { Signal } from '@/lib/domain/signal';
import { turnsOf } from '../bot/turns';
import type { Context } from '../context';

/** The agent's card: what was said, what was tried, what is known, so that the customer says nothing twice. */
export async function handoffContext(
  ctx: Context,
  loaded: { head: Head; handoff: (Pick<HandoffRow, 'confidence'> & { id?: string }) | null },
  reason: Reason,
  customer: CustomerRow | null,
  agentName: string | null = null,
): Promise<HandoffContext> {
  const { head, handoff } = loaded;
  const [messages, judgements, approach] = await Promise.all([
    newestMessages(ctx.db, head.id, 100),
    newestJudgements(ctx.db, head.id, 10),
    handoff?.id ? readApproachSignals(ctx.db, head.id, handoff.id) : [],
  ]);
  const signals = strongest([...judgements.flatMap((judgement) => judgement.signals), ...approach]);
  const summary = await ctx.brain.summarise({
    turns: turnsOf(messages),
    index: ctx.knowledge.index(),
    reason,
    customerName: customer?.name ?? null,
    agentName,
    signals,
  });
  return {
    ...summary,
    confidence: handoff?.confidence ?? judgements[0]?.confidence ?? null,
    signals,
    messageCount: head.messageCount,
    startedAt: head.startedAt,
  };
}

/** One entry a signal: the newest that fired, else the newest. */
function strongest(signals: Signal[]): Signal[] {
  const byName = new Map<string, Signal>();
  for (const signal of signals) {
    const held = byName.get(signal.name);
    if (!held || (signal.fired && !held.fired)) byName.set(signal.name, signal);
  }
  return [...byName.values()].sort((a, b) => Number(b.fired) - Number(a.fired));
}
