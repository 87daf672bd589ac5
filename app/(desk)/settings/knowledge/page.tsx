import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { KnowledgeList } from '@/components/settings/knowledge-list';
import { deskAgent } from '@/lib/auth/current-agent';
import { scopeOf } from '@/lib/domain/permissions';
import { listArticles } from '@/lib/services/knowledge/read';
import { context } from '@/lib/services/runtime';

export const metadata: Metadata = { title: 'Knowledge' };

export default async function KnowledgePage() {
  const agent = await deskAgent();
  if (scopeOf(agent.role, 'knowledge.read') === null) notFound();
  const rows = await listArticles(context(), agent, { archived: false, search: '' });
  return <KnowledgeList initial={rows} mayChange={scopeOf(agent.role, 'knowledge.change') !== null} />;
}
