import { z } from 'zod';
import { findConversation } from '@/db/queries/conversations';
import type { AgentActor } from '@/lib/domain/actor';
import { authorise } from '../authorise';
import type { Context } from '../context';
import { AppError, notFound } from '../errors';
import { id, ownerEpoch } from '../message/inputs';
import { giveAway } from './owned';

export const releaseInput = z.strictObject({ conversationId: id, ownerEpoch });

/** Back to the team's queue, at the place its first wait gives it. */
export async function release(
  ctx: Context,
  actor: AgentActor,
  raw: z.input<typeof releaseInput>,
): Promise<Record<string, never>> {
  authorise(actor, 'handoff.release');
  const input = releaseInput.parse(raw);
  const loaded = await findConversation(ctx.db, input.conversationId);
  if (loaded === null) throw notFound('conversation');
  const teamId = loaded.head.teamId;
  if (teamId === null) throw new AppError('conflict', 'It belongs to no team. Transfer it or hand it back.');
  await giveAway(ctx, actor, 'release', 'handoff.release', input, (handoffId) => ({
    head: { state: 'pending', agentId: null },
    patchHandoff: {
      id: handoffId,
      set: {
        state: 'pending',
        agentId: null,
        claimedAt: null,
        teamId,
        queuedAt: loaded.handoff?.queuedAt ?? ctx.now(),
      },
    },
    messages: [],
    events: [{ kind: 'handoff.released', payload: { handoffId, agentId: actor.id, teamId } }],
  }));
  return {};
}
