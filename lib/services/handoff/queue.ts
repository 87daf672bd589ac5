import type { Change } from '@/db/commit';
import type { HandoffRow, Head } from '@/db/queries/conversation-rows';
import { findCustomer } from '@/db/queries/customers';
import type { Path } from '@/lib/domain/handoff';
import { priorityFor, priorityScore } from '@/lib/domain/priority';
import { priorityByRules } from '@/lib/domain/priority-by-rules';
import type { SlaRules } from '@/lib/domain/sla';
import { teamFor } from '@/lib/domain/team-for';
import { botTurnKey } from '../bot/turn-timer';
import type { Context } from '../context';
import { AppError } from '../errors';
import { readRuled } from '../rules/rule-turn';
import { beginSla } from '../sla/begin';
import { followUpRules } from '../sla/rules';
import { handoffContext } from './context';

/**
 * Into Pending Handoff: priority, team and the agent's card are decided here, once, from what is known now. `to` names a
 * team that it is for whatever it is about.
 */
export async function queueChange(
  ctx: Context,
  loaded: { head: Head; handoff: Pick<HandoffRow, 'reason' | 'confidence'> | null },
  handoffId: string,
  path: Exclude<Path, 'takeover'> = 'live',
  to: string | null = null,
  rules?: SlaRules,
): Promise<Change> {
  const { head, handoff } = loaded;
  const widget = ctx.directory.widget(head.widgetId);
  if (!widget || !handoff) throw new AppError('unavailable', 'This chat is not set up for people yet.');
  const customer = head.customerId ? await findCustomer(ctx.db, head.customerId) : null;
  const context = await handoffContext(ctx, loaded, handoff.reason, customer);
  const fired = new Set(context.signals.filter((signal) => signal.fired).map((signal) => signal.name));
  const { thresholds, weights } = ctx.settings.priorityPolicy();
  const facts = {
    tier: customer?.tier ?? null,
    lifetimeValue: customer?.lifetimeValue ?? null,
    churnRisk: customer?.churnRisk ?? null,
    mood: context.mood,
    conversationMs: ctx.now() - head.startedAt,
    messageCount: head.messageCount,
    cancellation: fired.has('cancellation'),
  };
  const { score, parts } = priorityScore(facts, weights);
  const ruled = await readRuled(ctx, head.id);
  const byScore = priorityFor(score, handoff.reason, fired.has('security'), thresholds);
  const { priority, rule } = priorityByRules(byScore, ruled);
  const scoreParts = rule === null ? parts : [...parts, rule];
  const teamId = to ?? teamFor(ruled.team ?? head.topic, ctx.directory.teams(), widget.teamId);
  const own = path === 'follow_up' ? followUpRules(ctx.settings.slaRules(teamId)) : undefined;
  const clocks = beginSla(ctx, head.id, teamId, priority, rules ?? own);
  return {
    conversationId: head.id,
    guard: { states: ['bot'], version: head.version },
    head: { state: 'pending', teamId },
    patchHandoff: {
      id: handoffId,
      set: {
        state: 'pending',
        path,
        priority,
        score,
        scoreParts,
        teamId,
        context,
        queuedAt: ctx.now(),
        sla: clocks.sla,
      },
    },
    messages: [],
    events: [
      {
        kind: 'handoff.queued',
        payload: {
          handoffId,
          path,
          teamId,
          priority,
          score,
          parts: scoreParts.map(({ name, points }) => ({ name, points })),
        },
      },
    ],
    upsertTimers: clocks.upsertTimers,
    removeTimers: [{ key: botTurnKey(head.id) }],
  };
}
