import { z } from 'zod';
import type { VisitorActor } from '@/lib/domain/actor';
import { isToolOn } from '@/lib/domain/bot-tools';
import { isSiteOrigin } from '@/lib/domain/site-origin';
import { commitChange } from '../commit';
import type { Context } from '../context';
import { AppError } from '../errors';
import { answerOffer } from '../handoff/answer-offer';
import { id } from '../message/inputs';
import { newFormLink } from './link';

export const chooseFormInput = z.strictObject({
  handoffId: id,
  templateId: id,
  /** The page around the chat, to come back to; empty where it does not say. */
  returnTo: z.string().max(2000),
});

/** The customer rather fills in a form: they get a link to it, and the bot goes on. Repeating it changes nothing. */
export async function chooseForm(
  ctx: Context,
  actor: VisitorActor,
  raw: z.input<typeof chooseFormInput>,
): Promise<Record<string, never>> {
  const { handoffId, templateId, returnTo } = chooseFormInput.parse(raw);
  const done = ['filling', 'pending', 'claimed'] as const;
  return answerOffer(ctx, actor, handoffId, 'chooseForm', done, async (loaded) => {
    const template = ctx.settings.form(templateId);
    const wasOffered = loaded.handoff?.pathsOffered.includes('form');
    const isOn = isToolOn(ctx.settings.tools(actor.widgetId), 'send_secure_form');
    if (!template?.active || template.offer === null || !wasOffered || !isOn) {
      throw new AppError('conflict', 'That form is not offered any more. The chat shows where things stand.');
    }
    const page = ownPage(ctx, actor.widgetId, returnTo);
    const { formLink, event } = await newFormLink(ctx, loaded, template, page);
    return commitChange(ctx, actor, {
      conversationId: loaded.head.id,
      guard: { version: loaded.head.version },
      head: {},
      patchHandoff: { id: handoffId, set: { state: 'filling', path: 'form' } },
      formLink,
      messages: [],
      events: [{ kind: 'handoff.formChosen', payload: { handoffId, linkId: formLink.id } }, event],
    });
  });
}

/** A page of a site that may show the widget, or one of ours: nobody is sent anywhere else. */
function ownPage(ctx: Context, widgetId: string, address: string): string | null {
  if (!URL.canParse(address)) return null;
  const { origin, href } = new URL(address);
  const own = [new URL(ctx.baseUrl).origin, ...(ctx.directory.widget(widgetId)?.allowedOrigins ?? [])];
  return isSiteOrigin(origin) && own.includes(origin) ? href : null;
}
