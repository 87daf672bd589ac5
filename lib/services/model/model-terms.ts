import { z } from 'zod';

const words = (most: number) =>
  z
    .string()
    .trim()
    .max(most, `At most ${most} characters.`)
    .refine((text) => !text.includes('\u0000'), 'must not contain the character NUL')
    .overwrite((text) => text.replace(/\p{Surrogate}/gu, '\ufffd'));

export const modelTerms = z.strictObject({
  active: z.boolean(),
  url: words(500).refine(
    (url) => url === '' || (URL.canParse(url) && /^https?:\/\/[^@?#]+$/.test(url)),
    'An address such as https://models.example/v1.',
  ),
  model: words(120),
  timeoutMs: z.int('Whole milliseconds.').min(500, 'At least half a second.').max(9000, 'At most 9 seconds.'),
  guardrail: words(4000).min(1, 'Write something.'),
});
