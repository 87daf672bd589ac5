import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { RuleEditor } from '@/components/settings/rule-editor';
import { currentAgent } from '@/lib/auth/current-agent';
import { scopeOf } from '@/lib/domain/permissions';
import { readRules } from '@/lib/services/rules/change-rules';
import { context } from '@/lib/services/runtime';

export const metadata: Metadata = { title: 'Rules' };

export default async function RulesPage() {
  const agent = await currentAgent();
  if (agent === null) redirect('/sign-in');
  const set = readRules(context(), agent);
  const teams = context()
    .directory.teams()
    .map(({ name }) => name);
  return <RuleEditor set={set} teams={teams} mayChange={scopeOf(agent.role, 'settings.change') !== null} />;
}
