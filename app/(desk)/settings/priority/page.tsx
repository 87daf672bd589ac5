import type { Metadata } from 'next';
import { PriorityEditor } from '@/components/settings/priority-editor';
import { deskAgent } from '@/lib/auth/current-agent';
import { scopeOf } from '@/lib/domain/permissions';
import { context } from '@/lib/services/runtime';
import { readPriorityPolicy } from '@/lib/services/settings/read';

export const metadata: Metadata = { title: 'Priority' };

export default async function PrioritySettingsPage() {
  const agent = await deskAgent();
  const policy = readPriorityPolicy(context(), agent);
  return <PriorityEditor policy={policy} mayChange={scopeOf(agent.role, 'settings.change') !== null} />;
}
