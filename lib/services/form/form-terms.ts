import { z } from 'zod';
import {
  type FormTerms,
  MAX_ANSWER_LENGTH,
  MAX_FIELDS,
  MAX_FILE_MB,
  PREFILLS,
  templateProblems,
} from '@/lib/domain/form-template';
import { REASONS } from '@/lib/domain/handoff';

const words = (most: number) =>
  z
    .string()
    .trim()
    .max(most, `At most ${most} characters.`)
    .refine((text) => !text.includes('\u0000'), 'must not contain the character NUL')
    .overwrite((text) => text.replace(/\p{Surrogate}/gu, '\ufffd'));
const named = (most: number) => words(most).min(1, 'Write something.');

const prefills = Object.keys(PREFILLS) as (keyof typeof PREFILLS)[];
const anyField = {
  id: z.string().regex(/^[a-z][a-z0-9_]{0,39}$/, 'Small letters, digits and _, at most 40.'),
  label: named(80),
  help: words(200),
  required: z.boolean(),
  sensitive: z.boolean(),
  prefill: z.enum(prefills).nullable(),
};
const bound = z.number().min(-1e15).max(1e15).nullable();

const field = z.discriminatedUnion('kind', [
  z.strictObject({
    ...anyField,
    kind: z.literal('text'),
    lines: z.enum(['one', 'many']),
    maxLength: z.int().min(1, 'At least 1.').max(MAX_ANSWER_LENGTH, `At most ${MAX_ANSWER_LENGTH}.`),
    format: z.enum(['any', 'iban']),
  }),
  z.strictObject({
    ...anyField,
    kind: z.literal('choice'),
    options: z.array(named(120)).min(2, 'At least two choices.').max(50, 'At most 50 choices.').readonly(),
  }),
  z.strictObject({ ...anyField, kind: z.literal('date'), when: z.enum(['any', 'past', 'future']) }),
  z.strictObject({ ...anyField, kind: z.literal('email') }),
  z.strictObject({
    ...anyField,
    kind: z.literal('file'),
    accept: z.enum(['images', 'documents']),
    maxMb: z.int('A whole number.').min(1, 'At least 1.').max(MAX_FILE_MB, `At most ${MAX_FILE_MB}.`),
  }),
  z.strictObject({ ...anyField, kind: z.literal('phone') }),
  z.strictObject({ ...anyField, kind: z.literal('number'), min: bound, max: bound, whole: z.boolean() }),
]);

/** A form as an admin writes it. */
export const formTerms = z
  .strictObject({
    name: named(80),
    intro: words(500),
    fields: z
      .array(field)
      .min(1, 'At least one field.')
      .max(MAX_FIELDS, `At most ${MAX_FIELDS} fields.`)
      .readonly(),
    target: z.discriminatedUnion('kind', [
      z.strictObject({ kind: z.literal('page') }),
      z.strictObject({ kind: z.literal('external'), url: z.string().trim().max(1000) }),
    ]),
    teamId: z.uuid().nullable(),
    offer: z
      .strictObject({
        topics: z.array(named(80)).max(20, 'At most 20 topics.').readonly(),
        reasons: z.array(z.enum(REASONS)).max(REASONS.length).readonly(),
        phrases: z.array(named(100)).max(20, 'At most 20 phrases.').readonly().default([]),
      })
      .nullable(),
    active: z.boolean(),
  })
  .superRefine((terms: FormTerms, context) => {
    for (const problem of templateProblems(terms)) {
      context.addIssue({ code: 'custom', path: problem.field.split('.'), message: problem.message });
    }
  });
