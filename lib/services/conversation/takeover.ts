import { z } from 'zod';
import type { Change } from '@/db/commit';
import { findConversation } from '@/db/queries/conversations';
import { findCustomer } from '@/db/queries/customers';
import type { AgentActor } from '@/lib/domain/actor';
import { isOpenHandoff } from '@/lib/domain/handoff';
import { canApply } from '@/lib/domain/transitions';
import { authorise, authoriseOn } from '../authorise';
import { botTurnKey } from '../bot/turn-timer';
import { commitChange } from '../commit';
import type { Context } from '../context';
import { decideAgain } from '../decide-again';
import { notFound } from '../errors';
import { handoffContext } from '../handoff/context';
import { refuseFenced } from '../handoff/refuse-fenced';
import { id } from '../message/inputs';
import { slaTimer } from '../sla/sla-timer';

export const takeoverInput = z.strictObject({ conversationId: id });

/** An agent steps into what the bot is handling. From this commit on the bot is silent, its answer in the making too. */
export async function takeover(
  ctx: Context,
  actor: AgentActor,
  raw: z.input<typeof takeoverInput>,
): Promise<{ ownerEpoch: number }> {
  authorise(actor, 'conversation.takeover');
  const { conversationId } = takeoverInput.parse(raw);
  return decideAgain(async () => {
    const loaded = await findConversation(ctx.db, conversationId);
    if (loaded === null) throw notFound('conversation');
    const { head, handoff } = loaded;
    authoriseOn(actor, 'conversation.takeover', head);
    if (head.state === 'active' && head.agentId === actor.id) return { ownerEpoch: head.ownerEpoch };
    if (!canApply('takeover', head.state, handoff?.state ?? 'none')) {
      return refuseFenced(ctx, actor, 'conversation.takeover', conversationId);
    }
    const customer = head.customerId ? await findCustomer(ctx.db, head.customerId) : null;
    const context = await handoffContext(ctx, loaded, 'agent_takeover', customer, actor.name);
    const teamId = actor.teamIds[0] ?? ctx.directory.widget(head.widgetId)?.teamId ?? null;
    const open = handoff && isOpenHandoff(handoff.state) ? handoff : null;
    const handoffId = open?.id ?? ctx.newId();
    const now = ctx.now();
    const taken: Pick<Change, 'patchHandoff' | 'insertHandoff'> = open
      ? {
          patchHandoff: {
            id: open.id,
            set: {
              state: 'claimed',
              path: 'takeover',
              teamId,
              agentId: actor.id,
              context,
              queuedAt: now,
              claimedAt: now,
            },
          },
        }
      : {
          insertHandoff: {
            id: handoffId,
            state: 'claimed',
            reason: 'agent_takeover',
            confidence: null,
            pathsOffered: [],
            path: 'takeover',
            priority: 3,
            score: 50,
            scoreParts: [],
            teamId,
            agentId: actor.id,
            context,
            queuedAt: now,
            claimedAt: now,
          },
        };
    const committed = await commitChange(ctx, actor, {
      conversationId,
      guard: { states: ['bot'], version: head.version },
      head: { state: 'active', agentId: actor.id, teamId, handoffId },
      ...taken,
      messages: [],
      events: [
        {
          kind: 'conversation.takenOver',
          payload: { handoffId, agentId: actor.id, agentName: actor.name, teamId },
        },
      ],
      upsertTimers: [slaTimer(conversationId, now)],
      removeTimers: [{ key: botTurnKey(conversationId) }],
    });
    return committed && { ownerEpoch: committed.head.ownerEpoch };
  });
}
