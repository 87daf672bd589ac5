import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { ArticleEditor } from '@/components/settings/article-editor';
import { deskAgent } from '@/lib/auth/current-agent';
import { scopeOf } from '@/lib/domain/permissions';
import { AppError } from '@/lib/services/errors';
import { listArticles, readArticle } from '@/lib/services/knowledge/read';
import { context } from '@/lib/services/runtime';

export const metadata: Metadata = { title: 'Article' };

export default async function ArticlePage({ params }: { params: Promise<{ id: string }> }) {
  const agent = await deskAgent();
  if (scopeOf(agent.role, 'knowledge.read') === null) notFound();
  const { id } = await params;
  const [found, rows] = await Promise.all([
    readArticle(context(), agent, id).catch((error: unknown) => {
      if (error instanceof AppError && error.code === 'not_found') notFound();
      throw error;
    }),
    listArticles(context(), agent, { archived: false, search: '' }),
  ]);
  return (
    <ArticleEditor
      key={id}
      initial={found}
      categories={[...new Set(rows.map((row) => row.category))]}
      mayChange={scopeOf(agent.role, 'knowledge.change') !== null}
    />
  );
}
