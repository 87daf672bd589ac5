import type { Metadata } from 'next';
import { CallbackSettingsEditor } from '@/components/settings/callback-settings-editor';
import { deskAgent } from '@/lib/auth/current-agent';
import { scopeOf } from '@/lib/domain/permissions';
import { context } from '@/lib/services/runtime';
import { readCallbackSettings } from '@/lib/services/settings/read';

export const metadata: Metadata = { title: 'Callbacks' };

export default async function CallbackSettingsPage() {
  const agent = await deskAgent();
  return (
    <CallbackSettingsEditor
      teams={readCallbackSettings(context(), agent)}
      mayChange={scopeOf(agent.role, 'settings.change') !== null}
    />
  );
}
