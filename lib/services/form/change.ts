import { z } from 'zod';
import type { Actor, AgentActor } from '@/lib/domain/actor';
import type { FormTemplate, FormTerms } from '@/lib/domain/form-template';
import { authorise } from '../authorise';
import type { Context } from '../context';
import { notFound } from '../errors';
import { id } from '../message/inputs';
import { changeSetting } from '../settings/change-setting';
import { seenVersion } from '../settings/inputs';
import { formKey } from '../settings/settings';
import { formTerms } from './form-terms';

export const changeFormInput = z.strictObject({ templateId: id, version: seenVersion, terms: formTerms });

/** Makes or changes a form. Links that were sent already open it as it was. */
export async function changeForm(
  ctx: Context,
  actor: Actor,
  raw: z.input<typeof changeFormInput>,
): Promise<FormTemplate> {
  if (actor.kind === 'agent') authorise(actor, 'settings.change');
  const { templateId, version: seen, terms } = changeFormInput.parse(raw);
  if (terms.teamId !== null && ctx.directory.team(terms.teamId) === undefined) throw notFound('team');
  const changed = await changeSetting(ctx, actor, {
    key: formKey(templateId),
    kind: 'form.changed',
    about: { templateId },
    name: 'the form',
    held: () => ({ version: ctx.settings.form(templateId)?.version ?? 0, terms: termsOf(ctx, templateId) }),
    missing: 0,
    seen,
    wanted: (version) => ({ version, terms }),
  });
  return { id: templateId, version: changed.version, ...terms };
}

function termsOf(ctx: Context, templateId: string): z.output<typeof formTerms> | null {
  const template = ctx.settings.form(templateId);
  if (template === undefined) return null;
  const { id: _, version: __, ...terms } = template;
  return terms;
}

/** Every form, those out of use among them. */
export function readForms(ctx: Context, actor: AgentActor): readonly FormTemplate[] {
  authorise(actor, 'settings.read');
  return ctx.settings.forms();
}

/** A form as it would be: held to the same rules, and nothing is kept. */
export function checkForm(actor: AgentActor, raw: z.input<typeof formTerms>): FormTerms {
  authorise(actor, 'settings.read');
  return formTerms.parse(raw);
}
