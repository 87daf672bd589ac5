import { z } from 'zod';
import { newestCallback } from '@/db/queries/callbacks';
import type { AgentActor } from '@/lib/domain/actor';
import { authorise } from '../authorise';
import type { Context } from '../context';
import { AppError } from '../errors';
import { id, ownerEpoch } from '../message/inputs';
import { giveAway } from './owned';

export const resolveInput = z.strictObject({ conversationId: id, ownerEpoch });

/** The matter is settled. What the customer writes next starts with the bot again. */
export async function resolve(
  ctx: Context,
  actor: AgentActor,
  raw: z.input<typeof resolveInput>,
): Promise<Record<string, never>> {
  authorise(actor, 'handoff.resolve');
  const input = resolveInput.parse(raw);
  const callback = await newestCallback(ctx.db, input.conversationId);
  if (callback?.state === 'due') {
    throw new AppError('conflict', 'Say first whether the call took place: it is due.');
  }
  const at = ctx.now();
  await giveAway(ctx, actor, 'resolve', 'handoff.resolve', input, (handoffId) => ({
    head: { state: 'resolved', resolvedAt: at },
    patchHandoff: { id: handoffId, set: { state: 'resolved', endedAt: at, outcome: 'resolved' } },
    messages: [],
    events: [{ kind: 'handoff.resolved', payload: { handoffId, agentId: actor.id } }],
  }));
  return {};
}
