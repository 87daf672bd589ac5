import type { Metadata } from 'next';
import { ToolEditor } from '@/components/settings/tool-editor';
import { deskAgent } from '@/lib/auth/current-agent';
import { scopeOf } from '@/lib/domain/permissions';
import { context } from '@/lib/services/runtime';
import { readLookups } from '@/lib/services/tools/change-lookup';
import { readTools } from '@/lib/services/tools/change-tools';

export const metadata: Metadata = { title: 'Tools' };

export default async function ToolsPage() {
  const agent = await deskAgent();
  return (
    <ToolEditor
      bots={readTools(context(), agent)}
      lookups={readLookups(context(), agent).map(({ id, name, active }) => ({ id, name, active }))}
      mayChange={scopeOf(agent.role, 'settings.change') !== null}
    />
  );
}
