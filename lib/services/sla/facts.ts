import type { HandoffRow, Head } from '@/db/queries/conversation-rows';
import type { SlaFacts } from '@/lib/domain/sla';

/** What the clocks of a handoff go by. */
export function slaFacts(
  head: Pick<Head, 'awaitingSince' | 'answered'>,
  handoff: Pick<HandoffRow, 'queuedAt' | 'priority' | 'firstReplyAt' | 'endedAt' | 'outcome'>,
): SlaFacts {
  return {
    queuedAt: handoff.queuedAt,
    priority: handoff.priority,
    firstReplyAt: handoff.firstReplyAt,
    awaitingSince: head.awaitingSince,
    answered: head.answered,
    endedAt: handoff.endedAt,
    outcome: handoff.outcome,
  };
}
