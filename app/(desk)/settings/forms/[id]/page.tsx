import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { FormEditor } from '@/components/settings/form-editor';
import { deskAgent } from '@/lib/auth/current-agent';
import { scopeOf } from '@/lib/domain/permissions';
import { readForms } from '@/lib/services/form/change';
import { context } from '@/lib/services/runtime';

export const metadata: Metadata = { title: 'Form' };

export default async function FormPage({ params }: { params: Promise<{ id: string }> }) {
  const agent = await deskAgent();
  const { id } = await params;
  const form = readForms(context(), agent).find((each) => each.id === id);
  if (form === undefined) notFound();
  return (
    <FormEditor
      key={id}
      form={form}
      teams={context().directory.teams()}
      mayChange={scopeOf(agent.role, 'settings.change') !== null}
    />
  );
}
