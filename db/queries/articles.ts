import { and, asc, desc, eq, isNull } from 'drizzle-orm';
import type { ArticleText } from '@/lib/domain/article';
import type { Article } from '@/lib/domain/judgement';
import type { Database, Parameter } from '../client';
import { articles, articleVersions } from '../schema/knowledge';

/** What the bot goes by: the articles that are in use. */
export async function readArticles(db: Database): Promise<Article[]> {
  const rows = await db.orm
    .select()
    .from(articles)
    .where(isNull(articles.archivedAt))
    .orderBy(asc(articles.id));
  return rows.map((row) => ({
    id: row.id,
    title: row.title,
    body: row.body,
    category: row.category,
    examples: row.examples,
    updatedAt: row.updatedAt.getTime(),
  }));
}

/** An article as it was from one change to the next. */
export interface KeptArticle extends ArticleText {
  id: string;
  version: number;
  updatedAt: number;
  archivedAt: number | null;
  changedBy: string | null;
}

/** In use or archived. */
export async function findArticle(db: Database, id: string): Promise<KeptArticle | null> {
  const [row] = await db.orm.select().from(articles).where(eq(articles.id, id));
  return row === undefined ? null : kept(row);
}

export interface ArticleRow {
  id: string;
  title: string;
  category: string;
  examples: number;
  version: number;
  updatedAt: number;
  changedBy: string | null;
}

/** Those in use, or those archived, by title; narrowed to those with all the words somewhere. */
export async function listArticles(
  db: Database,
  of: { archived: boolean; words: readonly string[] },
): Promise<ArticleRow[]> {
  const rows = await db.query<Omit<ArticleRow, 'updatedAt'> & { updatedAt: Date }>(
    `select id, title, category, cardinality(examples) as examples, version, updated_at as "updatedAt", changed_by as "changedBy"
     from articles where (archived_at is not null) = $1::bool
       and not exists (select 1 from unnest($2::text[]) as word
         where position(word in lower(concat_ws(' ', id, title, category, body, array_to_string(examples, ' ')))) = 0)
     order by lower(title), id`,
    [of.archived, of.words.map((word) => word.toLowerCase())],
  );
  return rows.map((row) => ({ ...row, updatedAt: row.updatedAt.getTime() }));
}

/** What an article said before its last change, newest first. */
export async function readVersions(db: Database, id: string, limit: number): Promise<KeptArticle[]> {
  const rows = await db.orm
    .select()
    .from(articleVersions)
    .where(eq(articleVersions.articleId, id))
    .orderBy(desc(articleVersions.version))
    .limit(limit);
  return rows.map((row) => kept({ ...row, id: row.articleId }));
}

export async function findVersion(db: Database, id: string, version: number): Promise<KeptArticle | null> {
  const [row] = await db.orm
    .select()
    .from(articleVersions)
    .where(and(eq(articleVersions.articleId, id), eq(articleVersions.version, version)));
  return row === undefined ? null : kept({ ...row, id: row.articleId });
}

/** Every id there is, with the name it was given. */
export async function readArticleIds(db: Database): Promise<string[]> {
  const rows = await db.orm.select({ id: articles.id }).from(articles);
  return rows.map(({ id }) => id);
}

function kept(
  row: Omit<KeptArticle, 'updatedAt' | 'archivedAt'> & { updatedAt: Date; archivedAt: Date | null },
) {
  const { id, title, category, body, examples, version, changedBy } = row;
  return {
    ...{ id, title, category, body, examples, version, changedBy },
    updatedAt: row.updatedAt.getTime(),
    archivedAt: row.archivedAt?.getTime() ?? null,
  };
}

interface Write {
  text: string;
  parameters: Parameter[];
  kept?: string;
}

/** The arm of `commitSetting` that makes an article. Where the id is taken it writes none. */
export function articleInsert(id: string, text: ArticleText, by: string, at: number): Write {
  return {
    text: `insert into articles (id, title, category, body, examples, version, updated_at, changed_by)
      values ($1::text, $2::text, $3::text, $4::text, $5::text[], 1, $6::timestamptz, $7::text)
      on conflict (id) do nothing returning id`,
    parameters: [id, text.title, text.category, text.body, text.examples, new Date(at), by],
  };
}

/** The arm that changes one, only over the version that was seen; what it said before is kept. */
export function articleUpdate(id: string, seen: number, text: ArticleText, by: string, at: number): Write {
  return {
    text: `update articles set title = $3::text, category = $4::text, body = $5::text, examples = $6::text[],
        version = version + 1, updated_at = $7::timestamptz, changed_by = $8::text
      where id = $1::text and version = $2::int returning id`,
    parameters: [id, seen, text.title, text.category, text.body, text.examples, new Date(at), by],
    kept: KEEP,
  };
}

/** The arm that takes one out of use, or back into it. */
export function articleArchive(id: string, seen: number, archived: boolean, by: string, at: number): Write {
  return {
    text: `update articles set archived_at = case when $3::bool then $4::timestamptz end,
        version = version + 1, updated_at = $4::timestamptz, changed_by = $5::text
      where id = $1::text and version = $2::int and (archived_at is null) = $3::bool returning id`,
    parameters: [id, seen, archived, new Date(at), by],
    kept: KEEP,
  };
}

const KEEP = `insert into article_versions (article_id, version, title, body, category, examples, archived_at, changed_by, updated_at)
  select id, version, title, body, category, examples, archived_at, changed_by, updated_at
  from articles where id = $1::text and exists (select 1 from written)`;
