import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { FormList } from '@/components/settings/form-list';
import { currentAgent } from '@/lib/auth/current-agent';
import { scopeOf } from '@/lib/domain/permissions';
import { readForms } from '@/lib/services/form/change';
import { context } from '@/lib/services/runtime';

export const metadata: Metadata = { title: 'Forms' };

export default async function FormsPage() {
  const agent = await currentAgent();
  if (agent === null) redirect('/sign-in');
  const forms = readForms(context(), agent);
  return (
    <FormList
      forms={forms}
      teams={context().directory.teams()}
      mayChange={scopeOf(agent.role, 'settings.change') !== null}
    />
  );
}
