import { asc } from 'drizzle-orm';
import type { Article } from '@/lib/domain/judgement';
import type { Database } from '../client';
import { articles } from '../schema/knowledge';

export async function readArticles(db: Database): Promise<Article[]> {
  const rows = await db.orm.select().from(articles).orderBy(asc(articles.id));
  return rows.map((row) => ({
    id: row.id,
    title: row.title,
    body: row.body,
    category: row.category,
    examples: row.examples,
    updatedAt: row.updatedAt.getTime(),
  }));
}
