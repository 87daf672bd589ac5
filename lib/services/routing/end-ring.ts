import { findConversation } from '@/db/queries/conversations';
import type { Actor } from '@/lib/domain/actor';
import type { RingEnd } from '@/lib/domain/conversation';
import { declined } from '@/lib/domain/handoff-routing';
import { TRANSITIONS } from '@/lib/domain/transitions';
import { commitChange } from '../commit';
import type { Context } from '../context';
import { decideAgain } from '../decide-again';
import { stepKey, stepTimer } from './timers';

/**
 * The ring at this agent ends without them, and their slot is free. Out of a queue they are passed over from now on, and
 * the next step is looked at at once; a transfer stays with the agent who asked. Answers false when it no longer rings at
 * them.
 */
export function endRing(
  ctx: Context,
  actor: Actor,
  conversationId: string,
  agent: { id: string; name: string },
  why: RingEnd,
  handoffId?: string,
): Promise<boolean> {
  return decideAgain(async () => {
    const loaded = await findConversation(ctx.db, conversationId);
    if (!loaded?.handoff || loaded.head.ring?.agentId !== agent.id) return false;
    const { head, handoff } = loaded;
    if (handoffId !== undefined && handoff.id !== handoffId) return false;
    const ended = {
      conversationId,
      messages: [],
      events: [
        {
          kind: 'handoff.ringEnded' as const,
          payload: { handoffId: handoff.id, agentId: agent.id, agentName: agent.name, why },
        },
      ],
    };
    if (head.state === 'active') {
      const committed = await commitChange(ctx, actor, {
        ...ended,
        guard: {
          states: TRANSITIONS.transfer.conversation,
          ownerEpoch: head.ownerEpoch,
          handoffId: handoff.id,
          ringAgentId: agent.id,
        },
        head: { ring: null },
        removeTimers: [{ key: stepKey(conversationId) }],
      });
      return committed && true;
    }
    const { routing } = handoff;
    if (!routing) return false;
    const now = ctx.now();
    const committed = await commitChange(ctx, actor, {
      ...ended,
      guard: {
        states: TRANSITIONS.endRing.conversation,
        version: head.version,
        handoffId: handoff.id,
        ringAgentId: agent.id,
      },
      head: { ring: null },
      patchHandoff: { id: handoff.id, set: { routing: declined(routing, agent.id, now) } },
      upsertTimers: [stepTimer(conversationId, now)],
    });
    return committed && true;
  });
}
