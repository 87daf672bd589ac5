import { z } from 'zod';
import { findConversation } from '@/db/queries/conversations';
import type { AgentActor } from '@/lib/domain/actor';
import { TRANSITIONS } from '@/lib/domain/transitions';
import type { FormView } from '@/lib/protocol';
import { authorise, authoriseOn } from '../authorise';
import { commitChange } from '../commit';
import type { Context } from '../context';
import { AppError, notFound } from '../errors';
import { refuseFenced } from '../handoff/refuse-fenced';
import { id, ownerEpoch } from '../message/inputs';
import { newFormLink } from './link';

export const sendFormInput = z.strictObject({ conversationId: id, ownerEpoch, templateId: id });

/** An agent gives the customer a form. It ends the links to the same form that were sent before. */
export async function sendForm(
  ctx: Context,
  actor: AgentActor,
  raw: z.input<typeof sendFormInput>,
): Promise<Record<string, never>> {
  authorise(actor, 'form.send');
  const input = sendFormInput.parse(raw);
  const loaded = await findConversation(ctx.db, input.conversationId);
  if (loaded === null) throw notFound('conversation');
  authoriseOn(actor, 'conversation.read', loaded.head);
  const template = ctx.settings.form(input.templateId);
  if (!template?.active) throw new AppError('conflict', 'This form is not in use any more. Choose another.');
  const site = ctx.directory.widget(loaded.head.widgetId)?.seenOn ?? null;
  const { formLink, event } = await newFormLink(ctx, loaded, template, site);
  const committed = await commitChange(ctx, actor, {
    conversationId: input.conversationId,
    guard: { states: TRANSITIONS.sendForm.conversation, ownerEpoch: input.ownerEpoch, agentId: actor.id },
    head: {},
    formLink,
    messages: [],
    events: [event],
  });
  return committed ? {} : refuseFenced(ctx, actor, 'form.send', input.conversationId);
}

/** The forms that may be sent now. */
export function listForms(ctx: Context, actor: AgentActor): { forms: FormView[] } {
  authorise(actor, 'form.send');
  const forms = ctx.settings.forms().filter(({ active }) => active);
  return {
    forms: forms.map(({ id: formId, name, fields }) => ({ id: formId, name, fields: fields.length })),
  };
}
