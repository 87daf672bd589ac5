import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { QueueEditor } from '@/components/settings/queue-editor';
import { currentAgent } from '@/lib/auth/current-agent';
import { scopeOf } from '@/lib/domain/permissions';
import { context } from '@/lib/services/runtime';
import { readQueueSettings } from '@/lib/services/settings/read';

export const metadata: Metadata = { title: 'Queue' };

export default async function QueueSettingsPage() {
  const agent = await currentAgent();
  if (agent === null) redirect('/sign-in');
  const settings = readQueueSettings(context(), agent);
  return <QueueEditor settings={settings} mayChange={scopeOf(agent.role, 'settings.change') !== null} />;
}
