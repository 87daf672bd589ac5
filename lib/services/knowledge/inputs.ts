import { z } from 'zod';
import { ARTICLE_ID, ARTICLE_LIMITS, cleanExamples } from '@/lib/domain/article';

const words = (most: number) =>
  z
    .string()
    .max(most, `At most ${most} characters.`)
    .refine((text) => !text.includes('\u0000'), 'must not contain the character NUL')
    .overwrite((text) => text.replace(/\p{Surrogate}/gu, '\ufffd'));

export const articleId = z
  .string()
  .max(ARTICLE_LIMITS.id)
  .regex(ARTICLE_ID, 'Small letters, digits and hyphens.');
export const articleVersion = z.int().min(1).max(1_000_000_000);

/** What is written of an article, trimmed, its example questions each once. */
export const articleText = {
  title: words(ARTICLE_LIMITS.title).trim().min(1, 'Give the article a title.'),
  category: words(ARTICLE_LIMITS.category).trim(),
  body: words(ARTICLE_LIMITS.body).trim().min(1, 'Write the answer.'),
  examples: z
    .array(words(ARTICLE_LIMITS.example))
    .transform(cleanExamples)
    .refine((all) => all.length <= ARTICLE_LIMITS.examples, `At most ${ARTICLE_LIMITS.examples} questions.`),
};
