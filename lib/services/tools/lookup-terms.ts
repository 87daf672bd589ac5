import { z } from 'zod';
import {
  ARGUMENT_KINDS,
  LOOKUP_TIMEOUTS,
  type LookupTerms,
  lookupProblems,
  VALUE_KINDS,
} from '@/lib/domain/lookup';

const words = (most: number) =>
  z
    .string()
    .trim()
    .max(most, `At most ${most} characters.`)
    .refine((text) => !text.includes('\u0000'), 'must not contain the character NUL')
    .overwrite((text) => text.replace(/\p{Surrogate}/gu, '\ufffd'));
const named = (most: number) => words(most).min(1, 'Write something.');
const headerValue = (most: number) =>
  named(most).refine((text) => /^[\x20-\x7e]*$/.test(text), 'Printable ASCII, on one line.');

/** What the call says by itself, or what makes two of one. */
const OWN_HEADERS = [
  'host',
  'content-length',
  'transfer-encoding',
  'connection',
  'accept-encoding',
  'upgrade',
];
const headerName = z
  .string()
  .trim()
  .regex(/^[A-Za-z0-9-]{1,60}$/, 'Letters, digits and hyphens.')
  .refine((name) => !OWN_HEADERS.includes(name.toLowerCase()), 'This header cannot be set.');

const keptHeader = z.union([
  z.strictObject({ name: headerName, value: headerValue(500) }),
  z.strictObject({ name: headerName, secretId: z.uuid() }),
]);
/** A secret that is handed in, to be sealed. */
const givenHeader = z.union([
  ...keptHeader.options,
  z.strictObject({ name: headerName, secret: headerValue(4000) }),
]);

const shape = {
  name: named(80),
  active: z.boolean(),
  phrases: z.array(named(100)).max(50, 'At most 50 phrases.').readonly(),
  arguments: z
    .array(
      z.strictObject({
        id: z.string().regex(/^[a-z][a-z0-9_]{0,39}$/, 'Small letters, digits and _, at most 40.'),
        label: named(80),
        kind: z.enum(ARGUMENT_KINDS),
        patterns: z.array(named(40)).max(10, 'At most 10 patterns.').readonly(),
        ask: words(300),
      }),
    )
    .max(5, 'At most 5 arguments.')
    .readonly(),
  method: z.enum(['GET', 'POST']),
  url: named(1000),
  timeoutMs: z
    .int('Whole milliseconds.')
    .min(LOOKUP_TIMEOUTS.least, 'At least half a second.')
    .max(LOOKUP_TIMEOUTS.most, 'At most 8 seconds.'),
  values: z
    .array(
      z.strictObject({
        path: z
          .string()
          .trim()
          .max(100)
          .regex(/^[a-z][\w]*(\.[a-zA-Z0-9_]+)*$/, 'Names joined by dots, such as shipment.status.'),
        kind: z.enum(VALUE_KINDS),
      }),
    )
    .max(20, 'At most 20 values.')
    .readonly(),
  answer: named(1000),
  notFound: words(500),
};

function held(terms: Omit<LookupTerms, 'headers'>, context: z.core.$RefinementCtx) {
  for (const { field, message } of lookupProblems({ ...terms, headers: [] })) {
    context.addIssue({ code: 'custom', path: field.split('.'), message });
  }
}
const each = (headers: readonly { name: string }[]) =>
  new Set(headers.map(({ name }) => name.toLowerCase())).size === headers.length;

/** A look-up as it is kept. */
export const lookupTerms = z
  .strictObject({ ...shape, headers: z.array(keptHeader).max(10).readonly() })
  .superRefine(held);

/** A look-up as an admin writes it. */
export const writtenLookup = z
  .strictObject({
    ...shape,
    headers: z.array(givenHeader).max(10, 'At most 10 headers.').refine(each, 'Each header once.').readonly(),
  })
  .superRefine(held);
