import type { Metadata } from 'next';
import { notFound, redirect } from 'next/navigation';
import { ArticleEditor } from '@/components/settings/article-editor';
import { currentAgent } from '@/lib/auth/current-agent';
import { scopeOf } from '@/lib/domain/permissions';
import { listArticles } from '@/lib/services/knowledge/read';
import { context } from '@/lib/services/runtime';

export const metadata: Metadata = { title: 'New article' };

export default async function NewArticlePage() {
  const agent = await currentAgent();
  if (agent === null) redirect('/sign-in');
  if (scopeOf(agent.role, 'knowledge.change') === null) notFound();
  const rows = await listArticles(context(), agent, { archived: false, search: '' });
  return (
    <ArticleEditor initial={null} categories={[...new Set(rows.map((row) => row.category))]} mayChange />
  );
}
