import { z } from 'zod';
import type { AgentActor } from '@/lib/domain/actor';
import { authorise } from '../authorise';
import type { Context } from '../context';
import { id, ownerEpoch } from '../message/inputs';
import { giveAway } from './owned';

export const handBackInput = z.strictObject({ conversationId: id, ownerEpoch });

/** Back to the bot, which knows that the stretch with a person has ended. The customer is told. */
export async function handBack(
  ctx: Context,
  actor: AgentActor,
  raw: z.input<typeof handBackInput>,
): Promise<Record<string, never>> {
  authorise(actor, 'handoff.handBack');
  const input = handBackInput.parse(raw);
  await giveAway(ctx, actor, 'handBack', 'handoff.handBack', input, (handoffId) => ({
    head: { state: 'bot', agentId: null, teamId: null },
    patchHandoff: {
      id: handoffId,
      set: { state: 'returned', endedAt: ctx.now(), outcome: 'returned' },
    },
    messages: [],
    events: [{ kind: 'handoff.returned', payload: { handoffId, agentId: actor.id } }],
  }));
  return {};
}
