import type { Metadata } from 'next';
import { ModelEditor } from '@/components/settings/model-editor';
import { deskAgent } from '@/lib/auth/current-agent';
import { scopeOf } from '@/lib/domain/permissions';
import { readModel } from '@/lib/services/model/change-model';
import { context } from '@/lib/services/runtime';

export const metadata: Metadata = { title: 'Model' };

export default async function ModelPage() {
  const agent = await deskAgent();
  return (
    <ModelEditor
      model={readModel(context(), agent)}
      mayChange={scopeOf(agent.role, 'settings.change') !== null}
    />
  );
}
