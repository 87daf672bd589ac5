/** What an admin writes of an article. The id is for good: answers that were given name it. */
export interface ArticleText {
  title: string;
  category: string;
  /** Markdown. */
  body: string;
  /** Questions it answers, in customers' words. */
  examples: string[];
}

export const ARTICLE_PARTS = ['title', 'category', 'body', 'examples'] as const;
export type ArticlePart = (typeof ARTICLE_PARTS)[number];

export const ARTICLE_LIMITS = { title: 120, category: 60, body: 20_000, examples: 100, example: 300, id: 80 };

/** Small letters, digits and hyphens. */
export const ARTICLE_ID = /^[a-z0-9]+(?:-[a-z0-9]+)*$/;

/** What differs of two texts of an article. */
export function changedParts(before: ArticleText, after: ArticleText): ArticlePart[] {
  return ARTICLE_PARTS.filter((part) => JSON.stringify(before[part]) !== JSON.stringify(after[part]));
}

/** `Returns & refunds` is `returns-refunds`; where nothing of a name can be kept, `article`. */
export function articleIdFor(name: string): string {
  const words = name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[’']/g, '')
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '');
  const id = words
    .join('-')
    .slice(0, ARTICLE_LIMITS.id - 4)
    .replace(/-+$/, '');
  return id === '' ? 'article' : id;
}

/** The first of `name`, `name-2`, `name-3` that is not taken. */
export function freeArticleId(wanted: string, taken: ReadonlySet<string>): string {
  if (!taken.has(wanted)) return wanted;
  for (let number = 2; ; number++) {
    const id = `${wanted}-${number}`;
    if (!taken.has(id)) return id;
  }
}

/** Example questions as they are kept: trimmed, none empty, none twice. */
export function cleanExamples(lines: readonly string[]): string[] {
  const seen = new Set<string>();
  return lines
    .map((line) => line.replace(/\s+/g, ' ').trim())
    .filter((line) => {
      const key = line.toLowerCase();
      if (line === '' || seen.has(key)) return false;
      seen.add(key);
      return true;
    });
}
