import { z } from 'zod';
import { findConversation } from '@/db/queries/conversations';
import type { AgentActor } from '@/lib/domain/actor';
import { canApply } from '@/lib/domain/transitions';
import { authorise, authoriseOn } from '../authorise';
import { commitChange } from '../commit';
import type { Context } from '../context';
import { decideAgain } from '../decide-again';
import { AppError, notFound } from '../errors';
import { id } from '../message/inputs';
import { stepsIn } from '../routing/timers';
import { slaTimer } from '../sla/sla-timer';

export const prioritiseInput = z.strictObject({
  conversationId: id,
  handoffId: id,
  priority: z.union([z.literal(1), z.literal(2), z.literal(3), z.literal(4)]),
});

/** Priority by hand; the hand wins over rule and score, and the log says whose hand. */
export async function prioritise(
  ctx: Context,
  actor: AgentActor,
  raw: z.input<typeof prioritiseInput>,
): Promise<Record<string, never>> {
  authorise(actor, 'handoff.prioritise');
  const input = prioritiseInput.parse(raw);
  return decideAgain(async () => {
    const loaded = await findConversation(ctx.db, input.conversationId);
    if (loaded === null) throw notFound('conversation');
    authoriseOn(actor, 'handoff.prioritise', loaded.head);
    const { head, handoff } = loaded;
    if (handoff?.id !== input.handoffId || !canApply('prioritise', head.state, handoff.state)) {
      throw new AppError('conflict', 'This handoff has ended, so its priority stays as it was.');
    }
    if (handoff.priority === input.priority) return {};
    const committed = await commitChange(ctx, actor, {
      conversationId: head.id,
      guard: { version: head.version },
      head: {},
      patchHandoff: { id: handoff.id, set: { priority: input.priority } },
      messages: [],
      // A P1 may be given to somebody who is full.
      upsertTimers: [
        slaTimer(head.id, ctx.now()),
        ...stepsIn(ctx, handoff.routing?.reached[0] ?? null, head.id),
      ],
      events: [
        {
          kind: 'handoff.prioritised',
          payload: { handoffId: handoff.id, priority: input.priority, from: handoff.priority },
        },
      ],
    });
    return committed && {};
  });
}
