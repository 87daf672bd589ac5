import { z } from 'zod';
import type { LoadedConversation } from '@/db/queries/conversations';
import type { VisitorActor } from '@/lib/domain/actor';
import { isToolOn } from '@/lib/domain/bot-tools';
import { commitChange } from '../commit';
import type { Context } from '../context';
import { AppError } from '../errors';
import { id } from '../message/inputs';
import { answerOffer } from './answer-offer';
import { queueChange } from './queue';

export const acceptInput = z.strictObject({ handoffId: id, details: z.enum(['later', 'first']) });

/** The customer chose a person: into the queue now, or after sharing details first. Repeating it changes nothing. */
export async function accept(
  ctx: Context,
  actor: VisitorActor,
  raw: z.input<typeof acceptInput>,
): Promise<Record<string, never>> {
  const input = acceptInput.parse(raw);
  const isOn = isToolOn(ctx.settings.tools(actor.widgetId), 'transfer_to_human');
  const refuseSwitchedOff = ({ handoff }: LoadedConversation) => {
    if (isOn || handoff?.pathsOffered.includes('live')) return;
    throw new AppError('conflict', 'Nobody chats here. Choose one of the ways that are offered.');
  };
  if (input.details === 'first') {
    return answerOffer(
      ctx,
      actor,
      input.handoffId,
      'askDetails',
      ['collecting', 'pending', 'claimed'],
      async (loaded) => {
        refuseSwitchedOff(loaded);
        return askDetails(ctx, actor, loaded, input.handoffId);
      },
    );
  }
  return answerOffer(ctx, actor, input.handoffId, 'accept', ['pending', 'claimed'], async (loaded) => {
    refuseSwitchedOff(loaded);
    return commitChange(ctx, actor, await queueChange(ctx, loaded, input.handoffId));
  });
}

function askDetails(ctx: Context, actor: VisitorActor, loaded: LoadedConversation, handoffId: string) {
  return commitChange(ctx, actor, {
    conversationId: loaded.head.id,
    guard: { version: loaded.head.version },
    head: {},
    patchHandoff: { id: handoffId, set: { state: 'collecting' } },
    messages: [],
    events: [{ kind: 'handoff.detailsAsked', payload: { handoffId } }],
  });
}
