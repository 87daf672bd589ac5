import type { Change } from '@/db/commit';
import { findConversation, type LoadedConversation } from '@/db/queries/conversations';
import type { AgentActor } from '@/lib/domain/actor';
import type { Operation } from '@/lib/domain/permissions';
import { type Command, TRANSITIONS } from '@/lib/domain/transitions';
import { commitChange } from '../commit';
import type { Context } from '../context';
import { notFound } from '../errors';
import { slaTimer } from '../sla/sla-timer';
import { refuseFenced } from './refuse-fenced';
import { endTransfer } from './withdraw-transfer';

/**
 * What release, transfer, hand back and resolve share: the owner, named by the epoch, gives the conversation away. The
 * guard is the epoch, so that a message that arrives meanwhile does not stand in the way.
 */
export async function giveAway(
  ctx: Context,
  actor: AgentActor,
  command: Command,
  operation: Operation,
  input: { conversationId: string; ownerEpoch: number },
  decide: (
    handoffId: string,
  ) => Pick<Change, 'head' | 'patchHandoff' | 'messages' | 'events' | 'upsertTimers' | 'overCapacity'>,
): Promise<void> {
  const loaded = await owned(ctx, input.conversationId);
  if (loaded.head.agentId === actor.id && loaded.head.ownerEpoch === input.ownerEpoch) {
    await endTransfer(ctx, actor, loaded.head);
  }
  const handoffId = loaded.head.handoffId;
  const decided = handoffId === null ? null : decide(handoffId);
  const committed =
    handoffId !== null &&
    decided !== null &&
    (await commitChange(
      ctx,
      actor,
      {
        conversationId: input.conversationId,
        guard: {
          states: TRANSITIONS[command].conversation,
          agentId: actor.id,
          ownerEpoch: input.ownerEpoch,
          handoffId,
        },
        ...decided,
        upsertTimers: [...(decided.upsertTimers ?? []), slaTimer(input.conversationId, ctx.now())],
      },
      { teamId: loaded.head.teamId, agentId: actor.id },
    ));
  if (!committed) await refuseFenced(ctx, actor, operation, input.conversationId);
}

async function owned(ctx: Context, conversationId: string): Promise<LoadedConversation> {
  const loaded = await findConversation(ctx.db, conversationId);
  if (loaded === null) throw notFound('conversation');
  return loaded;
}
