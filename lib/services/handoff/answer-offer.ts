import type { Committed } from '@/db/commit';
import { findConversation, type LoadedConversation } from '@/db/queries/conversations';
import type { VisitorActor } from '@/lib/domain/actor';
import type { Handoff } from '@/lib/domain/conversation';
import type { HandoffState } from '@/lib/domain/handoff';
import { type Command, canApply } from '@/lib/domain/transitions';
import type { Context } from '../context';
import { decideAgain } from '../decide-again';
import { AppError, notFound } from '../errors';
import { conversationOf } from '../visitor/conversation-of';

/**
 * What the visitor's answers to a handoff share: it must be theirs and in a state that allows the command. `done` says
 * where the command has had its effect already.
 */
export async function answerOffer(
  ctx: Context,
  actor: VisitorActor,
  handoffId: string,
  command: Command,
  done: readonly HandoffState[] | ((handoff: Pick<Handoff, 'state' | 'path'>) => boolean),
  commitAnswer: (loaded: LoadedConversation) => Promise<Committed | null>,
): Promise<Record<string, never>> {
  return decideAgain(async () => {
    const conversationId = await conversationOf(ctx, actor);
    const loaded = conversationId === null ? null : await findConversation(ctx.db, conversationId);
    if (loaded?.handoff?.id !== handoffId) throw notFound('handoff');
    const { handoff } = loaded;
    if (typeof done === 'function' ? done(handoff) : done.includes(handoff.state)) return {};
    if (!canApply(command, loaded.head.state, loaded.handoff.state)) {
      throw new AppError('conflict', 'That is no longer open. The chat shows where things stand.');
    }
    return (await commitAnswer(loaded)) && {};
  });
}
