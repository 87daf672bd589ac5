import { z } from 'zod';
import {
  type ArticleRow,
  findArticle,
  findVersion,
  type KeptArticle,
  listArticles as listRows,
  readVersions,
} from '@/db/queries/articles';
import type { AgentActor } from '@/lib/domain/actor';
import { authorise } from '../authorise';
import type { Context } from '../context';
import { notFound } from '../errors';
import { articleId, articleVersion } from './inputs';

const MOST_VERSIONS = 200;
const MOST_WORDS = 10;

export const listArticlesInput = z.strictObject({
  archived: z.boolean(),
  /** Each of its words stands somewhere in the article. */
  search: z.string().max(200),
});

/** The articles in use, or those archived, by title. */
export async function listArticles(
  ctx: Context,
  actor: AgentActor,
  raw: z.input<typeof listArticlesInput>,
): Promise<ArticleRow[]> {
  authorise(actor, 'knowledge.read');
  const { archived, search } = listArticlesInput.parse(raw);
  const words = search
    .replaceAll('\u0000', ' ')
    .split(/\s+/)
    .filter((word) => word !== '');
  return listRows(ctx.db, { archived, words: words.slice(0, MOST_WORDS) });
}

export interface ArticleVersionLine {
  version: number;
  updatedAt: number;
  changedBy: string | null;
  archived: boolean;
}

export interface ArticleWithHistory {
  article: KeptArticle;
  /** Newest first, the present one included. */
  versions: ArticleVersionLine[];
}

/** An article as it is, and when it was what before. */
export async function readArticle(ctx: Context, actor: AgentActor, id: string): Promise<ArticleWithHistory> {
  authorise(actor, 'knowledge.read');
  const article = articleId.safeParse(id).success ? await findArticle(ctx.db, id) : null;
  if (article === null) throw notFound('article');
  const before = await readVersions(ctx.db, id, MOST_VERSIONS);
  return {
    article,
    versions: [article, ...before].map(({ version, updatedAt, changedBy, archivedAt }) => ({
      ...{ version, updatedAt, changedBy },
      archived: archivedAt !== null,
    })),
  };
}

export const readVersionInput = z.strictObject({ id: articleId, version: articleVersion });

/** What an article said at a version. */
export async function readVersion(
  ctx: Context,
  actor: AgentActor,
  raw: z.input<typeof readVersionInput>,
): Promise<KeptArticle> {
  authorise(actor, 'knowledge.read');
  const { id, version } = readVersionInput.parse(raw);
  const article = await findArticle(ctx.db, id);
  const kept = article?.version === version ? article : await findVersion(ctx.db, id, version);
  if (kept === null) throw notFound('version');
  return kept;
}
