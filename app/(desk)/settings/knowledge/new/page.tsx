import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { ArticleEditor } from '@/components/settings/article-editor';
import { deskAgent } from '@/lib/auth/current-agent';
import { scopeOf } from '@/lib/domain/permissions';
import { listArticles } from '@/lib/services/knowledge/read';
import { context } from '@/lib/services/runtime';

export const metadata: Metadata = { title: 'New article' };

export default async function NewArticlePage() {
  const agent = await deskAgent();
  if (scopeOf(agent.role, 'knowledge.change') === null) notFound();
  const rows = await listArticles(context(), agent, { archived: false, search: '' });
  return (
    <ArticleEditor initial={null} categories={[...new Set(rows.map((row) => row.category))]} mayChange />
  );
}
