import { z } from 'zod';
import { commitSetting } from '@/db/queries/stream';
import { isSignedReport, signText, targetSecret } from '@/lib/crypto/form-target';
import { type AgentActor, loggedActor } from '@/lib/domain/actor';
import { MAX_FIELDS } from '@/lib/domain/form-template';
import { authorise } from '../authorise';
import type { Context } from '../context';
import { AppError, notFound } from '../errors';
import { id } from '../message/inputs';
import { type FoundForm, readForm } from './read';
import { type Submission, submitForm } from './submit';

/**
 * Where a form that is hosted elsewhere begins: its address with the link, the way back and what the chat gathered, all of
 * it signed, in the order that it stands there.
 */
export function targetUrl(ctx: Context, token: string, { link }: FoundForm, backTo: string): string | null {
  const { target, fields } = link.form;
  if (target.kind === 'page') return null;
  const url = new URL(target.url);
  const query = new URLSearchParams(url.search);
  query.set('baton_form', token);
  query.set('baton_return', new URL(backTo, ctx.baseUrl).href);
  query.set('baton_expires', String(Math.floor(link.expiresAt / 1000)));
  for (const { id: fieldId } of fields) {
    const value = link.prefilled[fieldId];
    if (value !== undefined) query.set(fieldId, value);
  }
  query.set('baton_signature', signText(targetSecret(ctx.keys.link, link.templateId), query.toString()));
  url.search = query.toString();
  return url.href;
}

const report = z.strictObject({
  form: z.string().max(500),
  answers: z
    .record(z.string().max(40), z.string().max(10_000))
    .refine((answers) => Object.keys(answers).length <= MAX_FIELDS, `At most ${MAX_FIELDS} answers.`),
});

/** A form that is hosted elsewhere says what was filled in. The signature is over the body as it was sent. */
export async function reportForm(ctx: Context, body: string, signature: string): Promise<Submission> {
  const { form, answers } = report.parse(jsonOf(body));
  const opened = await readForm(ctx, form);
  const secret = targetSecret(ctx.keys.link, opened.kind === 'unknown' ? '' : opened.link.templateId);
  if (!isSignedReport(secret, signature, body, ctx.now())) {
    throw new AppError('unauthenticated', 'The signature is wrong, or more than five minutes old.');
  }
  return submitForm(ctx, form, answers, 'report');
}

function jsonOf(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    throw new AppError('invalid', 'The JSON is malformed.');
  }
}

export const formSecretInput = z.strictObject({ templateId: id });

/** What a form that is hosted elsewhere signs with, for the admin who sets it up; that it was shown is in the log. */
export async function readFormSecret(
  ctx: Context,
  actor: AgentActor,
  raw: z.input<typeof formSecretInput>,
): Promise<{ secret: string; reportTo: string }> {
  authorise(actor, 'settings.change');
  const { templateId } = formSecretInput.parse(raw);
  if (ctx.settings.form(templateId) === undefined) throw notFound('form');
  await commitSetting(
    ctx.db,
    ctx.keys.audit,
    { text: 'select 1', parameters: [] },
    { kind: 'form.secretShown', actor: loggedActor(actor), payload: { templateId }, at: ctx.now() },
  );
  return { secret: targetSecret(ctx.keys.link, templateId), reportTo: `${ctx.baseUrl}/api/forms/report` };
}
