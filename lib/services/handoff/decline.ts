import { z } from 'zod';
import type { VisitorActor } from '@/lib/domain/actor';
import { commitChange } from '../commit';
import type { Context } from '../context';
import { id } from '../message/inputs';
import { answerOffer } from './answer-offer';

export const declineInput = z.strictObject({ handoffId: id });

/** The customer carries on with the bot. */
export async function decline(
  ctx: Context,
  actor: VisitorActor,
  raw: z.input<typeof declineInput>,
): Promise<Record<string, never>> {
  const { handoffId } = declineInput.parse(raw);
  return answerOffer(ctx, actor, handoffId, 'decline', ['declined'], ({ head }) =>
    commitChange(ctx, actor, {
      conversationId: head.id,
      guard: { version: head.version },
      head: {},
      patchHandoff: { id: handoffId, set: { state: 'declined', endedAt: ctx.now(), outcome: 'declined' } },
      messages: [],
      events: [{ kind: 'handoff.declined', payload: { handoffId } }],
    }),
  );
}
