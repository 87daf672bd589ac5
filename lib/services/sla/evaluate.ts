import { findConversation } from '@/db/queries/conversations';
import { deleteTimer, moveTimer } from '@/db/queries/timers';
import type { Actor } from '@/lib/domain/actor';
import type { ConversationEvent } from '@/lib/domain/conversation';
import { advanceSla, type SlaMark } from '@/lib/domain/sla';
import { commitChange } from '../commit';
import type { Context } from '../context';
import { decideAgain } from '../decide-again';
import { slaFacts } from './facts';
import { slaRulesOf } from './rules';
import { slaKey, slaTimer } from './sla-timer';

const CLOCK: Actor = { kind: 'system', job: 'sla' };

/**
 * Brings the clocks of a conversation's handoff up to now: each at-risk and breach once, never early, with the instant at
 * which it was so. Run by the handoff's one timer, which every change of a fact sets to now; running it again changes
 * nothing.
 */
export async function evaluateSla(ctx: Context, conversationId: string): Promise<void> {
  await decideAgain(async () => {
    const loaded = await findConversation(ctx.db, conversationId);
    const seq = loaded?.head.seq ?? 0;
    if (!loaded?.handoff || loaded.handoff.queuedAt === null || loaded.handoff.state === 'scheduled') {
      await deleteTimer(ctx.db, slaKey(conversationId), seq);
      return true;
    }
    const { head, handoff } = loaded;
    const { ledger, marks, nextDueAt } = advanceSla(
      handoff.sla,
      slaFacts(head, handoff),
      await slaRulesOf(ctx, handoff),
      ctx.now(),
    );
    if (ledger === handoff.sla) {
      if (nextDueAt === null) await deleteTimer(ctx.db, slaKey(conversationId), seq);
      else await moveTimer(ctx.db, slaKey(conversationId), nextDueAt, seq);
      return true;
    }
    const committed = await commitChange(ctx, CLOCK, {
      conversationId,
      guard: { version: head.version },
      head: {},
      patchHandoff: { id: handoff.id, set: { sla: ledger } },
      messages: [],
      events:
        marks.length > 0
          ? marks.map((mark) => marked(handoff.id, mark))
          : [{ kind: 'sla.updated', payload: { handoffId: handoff.id } }],
      ...(nextDueAt === null
        ? { removeTimers: [{ key: slaKey(conversationId) }] }
        : { upsertTimers: [slaTimer(conversationId, nextDueAt)] }),
    });
    return committed && true;
  });
}

function marked(handoffId: string, mark: SlaMark): ConversationEvent {
  return {
    kind: 'sla.marked',
    payload: {
      handoffId,
      metric: mark.metric,
      mark: mark.kind,
      at: mark.at,
      startedAt: mark.startedAt,
      dueAt: mark.dueAt,
      targetMs: mark.targetMs,
      priority: mark.priority,
      inTime: mark.kind === 'met' && mark.inTime,
    },
  };
}
