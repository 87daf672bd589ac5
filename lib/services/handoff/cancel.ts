import { z } from 'zod';
import type { VisitorActor } from '@/lib/domain/actor';
import { commitChange } from '../commit';
import type { Context } from '../context';
import { id } from '../message/inputs';
import { slaTimer } from '../sla/sla-timer';
import { answerOffer } from './answer-offer';

export const cancelInput = z.strictObject({ handoffId: id });

/** The customer leaves the line and is with the bot again. */
export async function cancel(
  ctx: Context,
  actor: VisitorActor,
  raw: z.input<typeof cancelInput>,
): Promise<Record<string, never>> {
  const { handoffId } = cancelInput.parse(raw);
  return answerOffer(ctx, actor, handoffId, 'cancel', ['cancelled'], ({ head }) =>
    commitChange(
      ctx,
      actor,
      {
        conversationId: head.id,
        guard: {
          states: ['pending'],
          version: head.version,
          handoffId,
          ringAgentId: head.ring?.agentId ?? null,
        },
        head: { state: 'bot', teamId: null, agentId: null },
        patchHandoff: {
          id: handoffId,
          set: { state: 'cancelled', endedAt: ctx.now(), outcome: 'cancelled' },
        },
        messages: [],
        events: [{ kind: 'handoff.cancelled', payload: { handoffId } }],
        upsertTimers: [slaTimer(head.id, ctx.now())],
      },
      { teamId: head.teamId },
    ),
  );
}
