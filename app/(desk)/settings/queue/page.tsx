import type { Metadata } from 'next';
import { QueueEditor } from '@/components/settings/queue-editor';
import { deskAgent } from '@/lib/auth/current-agent';
import { scopeOf } from '@/lib/domain/permissions';
import { context } from '@/lib/services/runtime';
import { readQueueSettings } from '@/lib/services/settings/read';

export const metadata: Metadata = { title: 'Queue' };

export default async function QueueSettingsPage() {
  const agent = await deskAgent();
  const settings = readQueueSettings(context(), agent);
  return <QueueEditor settings={settings} mayChange={scopeOf(agent.role, 'settings.change') !== null} />;
}
