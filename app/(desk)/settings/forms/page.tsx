import type { Metadata } from 'next';
import { FormList } from '@/components/settings/form-list';
import { deskAgent } from '@/lib/auth/current-agent';
import { scopeOf } from '@/lib/domain/permissions';
import { readForms } from '@/lib/services/form/change';
import { context } from '@/lib/services/runtime';

export const metadata: Metadata = { title: 'Forms' };

export default async function FormsPage() {
  const agent = await deskAgent();
  const forms = readForms(context(), agent);
  return (
    <FormList
      forms={forms}
      teams={context().directory.teams()}
      mayChange={scopeOf(agent.role, 'settings.change') !== null}
    />
  );
}
