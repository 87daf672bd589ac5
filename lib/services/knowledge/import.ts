import { z } from 'zod';
import { findArticle } from '@/db/queries/articles';
import type { AgentActor } from '@/lib/domain/actor';
import { type ArticlePart, type ArticleText, changedParts } from '@/lib/domain/article';
import { type FileFault, readArticleFile } from '@/lib/domain/article-file';
import { authorise } from '../authorise';
import type { Context } from '../context';
import { tellKnowledgeChanged } from '../notices';
import { updateArticle } from './change';
import { insertArticle } from './create';

export const importArticlesInput = z.strictObject({
  files: z
    .array(z.strictObject({ name: z.string().min(1).max(500), text: z.string().max(100_000) }))
    .min(1, 'Choose at least one file.')
    .max(200, 'At most 200 files at once.'),
  /** Says what would become of each file, and writes nothing. */
  dryRun: z.boolean(),
});

/** What became of a file, or would become of it. */
export type ImportedFile = { name: string } & (
  | { outcome: 'created' | 'unchanged'; id: string; title: string }
  | { outcome: 'changed'; id: string; title: string; parts: ArticlePart[] }
  | { outcome: 'refused'; faults: FileFault[] }
);

/** Takes over articles from Markdown files: new ones are made, those with a known id changed. A bad file stops no other. */
export async function importArticles(
  ctx: Context,
  actor: AgentActor,
  raw: z.input<typeof importArticlesInput>,
): Promise<ImportedFile[]> {
  authorise(actor, 'knowledge.change');
  const { files, dryRun } = importArticlesInput.parse(raw);
  const report: ImportedFile[] = [];
  const firstWith = new Map<string, string>();
  try {
    for (const { name, text } of files) {
      const found = readArticleFile(name, text);
      if ('faults' in found) {
        report.push({ name, outcome: 'refused', faults: found.faults });
        continue;
      }
      const { id, ...article } = found.article;
      const other = firstWith.get(id);
      firstWith.set(id, other ?? name);
      report.push({
        name,
        ...(other === undefined
          ? await take(ctx, actor, id, article, dryRun)
          : refused(`${other} has the id ${id} too. Give one of them another.`)),
      });
    }
  } finally {
    const wrote = report.some(({ outcome }) => outcome === 'created' || outcome === 'changed');
    if (wrote && !dryRun) await tellKnowledgeChanged(ctx);
  }
  return report;
}

async function take(ctx: Context, actor: AgentActor, id: string, text: ArticleText, dryRun: boolean) {
  const { title } = text;
  const before = await findArticle(ctx.db, id);
  if (before === null) {
    const made = dryRun || (await insertArticle(ctx, actor, id, text, ctx.now()));
    return made ? { outcome: 'created' as const, id, title } : refused(MEANWHILE);
  }
  if (before.archivedAt !== null) return refused(`The article ${id} is archived. Restore it first.`);
  const parts = changedParts(before, text);
  if (parts.length === 0) return { outcome: 'unchanged' as const, id, title };
  const changed = dryRun || (await updateArticle(ctx, actor, before, text, ctx.now()));
  return changed ? { outcome: 'changed' as const, id, title, parts } : refused(MEANWHILE);
}

const MEANWHILE = 'Somebody changed this article meanwhile. Import the file again.';

function refused(message: string) {
  return { outcome: 'refused' as const, faults: [{ line: 1, message }] };
}
