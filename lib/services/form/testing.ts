import type { VisitorActor } from '@/lib/domain/actor';
import type { FormTemplate, FormTerms } from '@/lib/domain/form-template';
import { requestPerson } from '../handoff/request';
import type { TestWorld } from '../testing';
import { visitorSnapshot } from '../visitor/open-session';
import { changeForm } from './change';

const field = { help: '', required: true, sensitive: false, prefill: null } as const;

/** A return with an account for the money: what is read by all, and what is kept sealed. */
export const REFUND: FormTerms = {
  name: 'Refund',
  intro: 'Tell us what came back.',
  fields: [
    {
      ...field,
      id: 'order',
      label: 'Order',
      kind: 'text',
      lines: 'one',
      maxLength: 40,
      format: 'any',
      prefill: 'order',
    },
    { ...field, id: 'why', label: 'Why', kind: 'choice', options: ['Too small', 'Broken'] },
    { ...field, id: 'mail', label: 'E-mail', kind: 'email', required: false, prefill: 'email' },
    {
      ...field,
      id: 'iban',
      label: 'IBAN',
      kind: 'text',
      lines: 'one',
      maxLength: 40,
      format: 'iban',
      sensitive: true,
    },
  ],
  target: { kind: 'page' },
  teamId: null,
  offer: { topics: [], reasons: [], phrases: [] },
  active: true,
};

export const IBAN = 'NO9386011117947';
export const WRITTEN = { order: '1042', why: 'Broken', iban: 'NO93 8601 1117 947' };

export function makeForm(world: TestWorld, terms: Partial<FormTerms> = {}): Promise<FormTemplate> {
  return changeForm(
    world.ctx,
    { kind: 'system', job: 'test' },
    { templateId: world.ctx.newId(), version: 0, terms: { ...REFUND, ...terms } },
  );
}

/** A person was asked for, and a form stands in the offer. */
export async function offeredForm(
  world: TestWorld,
  visitor: VisitorActor,
  conversationId: string,
): Promise<{ handoffId: string; templateId: string; returnTo: string }> {
  await requestPerson(world.ctx, visitor);
  const { handoff } = await visitorSnapshot(world.ctx, conversationId);
  const [form] = handoff?.forms ?? [];
  if (!handoff || !form) throw new Error('No form was offered');
  return { handoffId: handoff.id, templateId: form.templateId, returnTo: '' };
}

/** The token of the newest link that the visitor of a conversation was sent. */
export async function newestToken(world: Pick<TestWorld, 'ctx'>, conversationId: string): Promise<string> {
  const { events } = await visitorSnapshot(world.ctx, conversationId);
  const sent = events.findLast((event) => event.kind === 'formSent');
  if (sent?.kind !== 'formSent') throw new Error('No form was sent');
  return sent.form.url.replace('/forms/', '');
}
