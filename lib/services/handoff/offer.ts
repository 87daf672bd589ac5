import type { NewHandoff } from '@/db/commit';
import type { ConversationEvent } from '@/lib/domain/conversation';
import type { Reason } from '@/lib/domain/handoff';
import type { Context } from '../context';

/** What can be served now. */
export const OFFERED_PATHS: NewHandoff['pathsOffered'] = ['live'];

/** The handoff in its first state: offered, with the paths that can be served. Nothing has happened yet. */
export function offerOf(
  ctx: Context,
  offer: { reason: Reason; confidence: number | null; by: 'customer' | 'bot' },
): { handoff: NewHandoff; event: ConversationEvent } {
  const id = ctx.newId();
  const paths = OFFERED_PATHS;
  return {
    handoff: {
      id,
      state: 'offered',
      reason: offer.reason,
      confidence: offer.confidence,
      pathsOffered: paths,
      path: null,
      priority: 3,
      score: 50,
      scoreParts: [],
      teamId: null,
      agentId: null,
      context: null,
      queuedAt: null,
      claimedAt: null,
    },
    event: {
      kind: 'handoff.offered',
      payload: { handoffId: id, reason: offer.reason, confidence: offer.confidence, paths, by: offer.by },
    },
  };
}
