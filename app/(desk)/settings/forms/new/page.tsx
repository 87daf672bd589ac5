import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { FormEditor } from '@/components/settings/form-editor';
import { deskAgent } from '@/lib/auth/current-agent';
import { scopeOf } from '@/lib/domain/permissions';
import { context } from '@/lib/services/runtime';

export const metadata: Metadata = { title: 'New form' };
export const dynamic = 'force-dynamic';

export default async function NewFormPage() {
  const agent = await deskAgent();
  if (scopeOf(agent.role, 'settings.change') === null) notFound();
  const ctx = context();
  return (
    <FormEditor
      form={{
        id: ctx.newId(),
        version: 0,
        name: '',
        intro: '',
        fields: [],
        target: { kind: 'page' },
        teamId: null,
        offer: null,
        active: true,
      }}
      teams={ctx.directory.teams()}
      mayChange
    />
  );
}
