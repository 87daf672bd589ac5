import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { PriorityEditor } from '@/components/settings/priority-editor';
import { currentAgent } from '@/lib/auth/current-agent';
import { scopeOf } from '@/lib/domain/permissions';
import { context } from '@/lib/services/runtime';
import { readPriorityPolicy } from '@/lib/services/settings/read';

export const metadata: Metadata = { title: 'Priority' };

export default async function PrioritySettingsPage() {
  const agent = await currentAgent();
  if (agent === null) redirect('/sign-in');
  const policy = readPriorityPolicy(context(), agent);
  return <PriorityEditor policy={policy} mayChange={scopeOf(agent.role, 'settings.change') !== null} />;
}
