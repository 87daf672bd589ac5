import { z } from 'zod';
import { isUniqueViolation } from '@/db/errors';
import { findConversation, type LoadedConversation } from '@/db/queries/conversations';
import type { AgentActor } from '@/lib/domain/actor';
import { canApply, TRANSITIONS } from '@/lib/domain/transitions';
import { authorise } from '../authorise';
import { commitChange } from '../commit';
import type { Context } from '../context';
import type { DirectoryAgent } from '../directory';
import { AppError, notFound } from '../errors';
import { id, note, ownerEpoch } from '../message/inputs';
import { stepTimer } from '../routing/timers';
import { destination, destinationOf, moveTo, namedDestination, noteAlong } from './destination';
import { overCapacity } from './over-capacity';
import { giveAway } from './owned';
import { refuseFenced } from './refuse-fenced';

export const transferInput = z.strictObject({
  conversationId: id,
  ownerEpoch,
  to: destination,
  note,
  /** It should never have come here: counted as a misroute. */
  misrouted: z.literal(true).optional(),
  override: z.literal(true).optional(),
});
type Input = z.output<typeof transferInput>;

/**
 * Warm: the note and the whole conversation go along, and the customer is told. To a team's queue at once; a colleague is
 * asked first, with one of their slots held, and until they accept it stays with its agent.
 */
export async function transfer(
  ctx: Context,
  actor: AgentActor,
  raw: z.input<typeof transferInput>,
): Promise<Record<string, never>> {
  authorise(actor, 'handoff.transfer');
  const input = transferInput.parse(raw);
  const target = destinationOf(ctx, input.to);
  if (input.to.id === actor.id) {
    throw new AppError('invalid', 'It is with you already. Choose a colleague or a team.');
  }
  const loaded = await findConversation(ctx.db, input.conversationId);
  if (loaded === null) throw notFound('conversation');
  if (target.kind === 'agent') {
    await ask(ctx, actor, loaded, target.agent, input);
    return {};
  }
  const along = noteAlong(ctx, actor, input.note);
  const { queuedAt = null, claimedAt = null } = loaded.handoff ?? {};
  const moved = await moveTo(ctx, { id: loaded.head.handoffId ?? '', queuedAt, claimedAt }, target);
  const { misrouted } = input;
  await giveAway(ctx, actor, 'transfer', 'handoff.transfer', input, (handoffId) => ({
    ...moved,
    patchHandoff: { id: handoffId, set: { ...moved.patchHandoff.set, ...(misrouted ? { misrouted } : {}) } },
    messages: along.messages,
    events: [
      ...along.events,
      {
        kind: 'handoff.transferred' as const,
        payload: {
          handoffId,
          fromAgentId: actor.id,
          fromAgentName: actor.name,
          to: namedDestination(target),
          ...(misrouted ? { misrouted } : {}),
        },
      },
    ],
  }));
  return {};
}

/** Rings at the colleague for as long as their routing rings. Fenced by the epoch, and by nobody else being asked. */
async function ask(
  ctx: Context,
  actor: AgentActor,
  { head, handoff }: LoadedConversation,
  colleague: DirectoryAgent,
  { conversationId, ownerEpoch: epoch, misrouted, override, note: words }: Input,
): Promise<void> {
  const over = overCapacity(actor, override, colleague);
  if (!handoff || head.agentId !== actor.id || !canApply('transfer', head.state, handoff.state)) {
    return refuseFenced(ctx, actor, 'handoff.transfer', conversationId);
  }
  const until = ctx.now() + ctx.settings.routing(head.teamId ?? '').ringMs;
  const along = noteAlong(ctx, actor, words);
  const { id: agentId, name: agentName } = colleague;
  const committed = await commitChange(ctx, actor, {
    conversationId,
    guard: {
      states: TRANSITIONS.transfer.conversation,
      agentId: actor.id,
      ownerEpoch: epoch,
      handoffId: handoff.id,
      ringAgentId: null,
    },
    head: { ring: { agentId, until } },
    patchHandoff: { id: handoff.id, set: { agentId: actor.id, ...(misrouted ? { misrouted } : {}) } },
    messages: along.messages,
    events: [
      ...along.events,
      {
        kind: 'handoff.transferAsked',
        payload: {
          handoffId: handoff.id,
          fromAgentId: actor.id,
          agentId,
          agentName,
          until,
          noteId: along.messages[0]?.id ?? null,
          ...(misrouted ? { misrouted } : {}),
          ...over,
        },
      },
    ],
    upsertTimers: [stepTimer(conversationId, until)],
    ...over,
  }).catch((error: unknown) => {
    if (!isUniqueViolation(error, 'conversations_ring')) throw error;
    throw new AppError(
      'conflict',
      `Something else rings at ${agentName} just now. Try again in a moment, or choose a team.`,
    );
  });
  if (committed) return;
  if (head.ring) throw new AppError('conflict', 'A colleague is being asked already. Withdraw that first.');
  return refuseFenced(ctx, actor, 'handoff.transfer', conversationId);
}
