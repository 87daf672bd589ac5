import { z } from 'zod';
import { findConversation } from '@/db/queries/conversations';
import type { Actor, AgentActor } from '@/lib/domain/actor';
import { authorise } from '../authorise';
import type { Context } from '../context';
import { notFound } from '../errors';
import { id, ownerEpoch } from '../message/inputs';
import { endRing } from '../routing/end-ring';
import { refuseFenced } from './refuse-fenced';

export const withdrawTransferInput = z.strictObject({ conversationId: id, ownerEpoch });

/** Its agent no longer asks: it stays with them, and rings at the colleague no more. Withdrawn twice is withdrawn. */
export async function withdrawTransfer(
  ctx: Context,
  actor: AgentActor,
  raw: z.input<typeof withdrawTransferInput>,
): Promise<Record<string, never>> {
  authorise(actor, 'handoff.transfer');
  const input = withdrawTransferInput.parse(raw);
  const loaded = await findConversation(ctx.db, input.conversationId);
  if (loaded === null) throw notFound('conversation');
  if (loaded.head.agentId !== actor.id || loaded.head.ownerEpoch !== input.ownerEpoch) {
    return refuseFenced(ctx, actor, 'handoff.transfer', input.conversationId);
  }
  await endTransfer(ctx, actor, loaded.head);
  return {};
}

/** Before a conversation changes hands by another way, nobody is asked for it any more. */
export async function endTransfer(
  ctx: Context,
  actor: Actor,
  { id: conversationId, state, ring }: { id: string; state: string; ring: { agentId: string } | null },
): Promise<void> {
  if (state !== 'active' || !ring) return;
  const name = (await ctx.directory.findAgent(ring.agentId))?.name ?? 'A colleague';
  await endRing(ctx, actor, conversationId, { id: ring.agentId, name }, 'withdrawn');
}
