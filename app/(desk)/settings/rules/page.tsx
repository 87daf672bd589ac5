import type { Metadata } from 'next';
import { RuleEditor } from '@/components/settings/rule-editor';
import { deskAgent } from '@/lib/auth/current-agent';
import { scopeOf } from '@/lib/domain/permissions';
import { readRules } from '@/lib/services/rules/change-rules';
import { context } from '@/lib/services/runtime';

export const metadata: Metadata = { title: 'Rules' };

export default async function RulesPage() {
  const agent = await deskAgent();
  const set = readRules(context(), agent);
  const teams = context()
    .directory.teams()
    .map(({ name }) => name);
  return <RuleEditor set={set} teams={teams} mayChange={scopeOf(agent.role, 'settings.change') !== null} />;
}
