import { z } from 'zod';
import type { LoadedConversation } from '@/db/queries/conversations';
import { readAlternatives } from '@/db/queries/offers';
import type { VisitorActor } from '@/lib/domain/actor';
import { isToolOn } from '@/lib/domain/bot-tools';
import { commitChange } from '../commit';
import type { Context } from '../context';
import { AppError } from '../errors';
import { id } from '../message/inputs';
import { readRuled } from '../rules/rule-turn';
import { answerOffer } from './answer-offer';
import { readOutlook } from './availability';
import { offeredEvent, onlyPath } from './offer';
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
  const refuseUnoffered = ({ handoff }: LoadedConversation) => {
    if (handoff?.pathsOffered.includes('live') || (isOn && handoff?.state === 'collecting')) return;
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
        refuseUnoffered(loaded);
        await refuseClosed(ctx, actor, loaded);
        return askDetails(ctx, actor, loaded, input.handoffId);
      },
    );
  }
  return answerOffer(ctx, actor, input.handoffId, 'accept', ['pending', 'claimed'], async (loaded) => {
    refuseUnoffered(loaded);
    await refuseClosed(ctx, actor, loaded);
    return commitChange(ctx, actor, await queueChange(ctx, loaded, input.handoffId));
  });
}

/** A team that has closed since is offered anew as it is now, and nobody is put in line for it unasked. */
async function refuseClosed(
  ctx: Context,
  actor: VisitorActor,
  { head, handoff }: LoadedConversation,
): Promise<void> {
  if (handoff === null) return;
  const { widgetId, topic } = head;
  const ruled = await readRuled(ctx, head.id);
  const outlook = await readOutlook(ctx, { widgetId, topic, team: ruled.team });
  if (outlook?.availability.kind !== 'closed') return;
  const { reason, confidence } = handoff;
  const event = offeredEvent(ctx, handoff.id, {
    reason,
    confidence,
    by: 'customer',
    topic,
    alternatives: await readAlternatives(ctx.db, head.id, handoff.id),
    outlook,
    only: onlyPath(reason, ruled),
  });
  await commitChange(ctx, actor, {
    conversationId: head.id,
    guard: { states: ['bot'], version: head.version, handoffId: handoff.id },
    head: {},
    patchHandoff: { id: handoff.id, set: { state: 'offered', pathsOffered: event.payload.paths } },
    messages: [],
    events: [event],
  });
  throw new AppError('limit', 'The team has just closed. Choose one of the other ways.');
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
