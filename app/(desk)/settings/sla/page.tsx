import type { Metadata } from 'next';
import { SlaEditor } from '@/components/settings/sla-editor';
import { deskAgent } from '@/lib/auth/current-agent';
import { scopeOf } from '@/lib/domain/permissions';
import { context } from '@/lib/services/runtime';
import { readSlaPolicy } from '@/lib/services/settings/read';

export const metadata: Metadata = { title: 'SLA' };

export default async function SlaSettingsPage() {
  const agent = await deskAgent();
  const policy = readSlaPolicy(context(), agent);
  return <SlaEditor policy={policy} mayChange={scopeOf(agent.role, 'settings.change') !== null} />;
}
