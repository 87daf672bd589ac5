import { z } from 'zod';
import { approachText, needsWords } from '@/lib/domain/approach';
import { PAGE_MATCHES } from '@/lib/domain/page-address';
import { CHANNELS, CHURN_RISKS, INTENTS, RULED_PATHS } from '@/lib/domain/rules';

const word = (most: number) =>
  z
    .string()
    .trim()
    .min(1, 'Write something.')
    .max(most, `At most ${most} characters.`)
    .refine((text) => !text.includes('\u0000'), 'must not contain the character NUL');
const words = z.array(word(100)).min(1, 'Name at least one.').max(50, 'At most 50.');
const share = z.number('Write a number.').min(0, 'At least 0.').max(1, 'At most 1.');
const count = (most: number) =>
  z.int('Write a whole number.').min(1, 'At least 1.').max(most, `At most ${most}.`);

const condition = z.discriminatedUnion(
  'if',
  [
    z.strictObject({ if: z.literal('text'), has: words }),
    z.strictObject({ if: z.literal('intent'), is: z.array(z.enum(INTENTS)).min(1, 'Choose at least one.') }),
    z.strictObject({ if: z.literal('page'), how: z.enum(PAGE_MATCHES), is: words }),
    z.strictObject({
      if: z.literal('channel'),
      is: z.array(z.enum(CHANNELS)).min(1, 'Choose at least one.'),
    }),
    z.strictObject({ if: z.literal('hours'), are: z.enum(['open', 'closed']) }),
    z.strictObject({ if: z.literal('frustration'), from: share }),
    z.strictObject({ if: z.literal('polarity'), below: z.number('Write a number.').min(-1).max(1) }),
    z.strictObject({ if: z.literal('confidence'), below: share }),
    z.strictObject({
      if: z.literal('language'),
      is: z
        .array(z.string().regex(/^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$/, 'A language tag such as en or de-CH.'))
        .min(1)
        .max(20),
    }),
    z.strictObject({ if: z.literal('tier'), is: words }),
    z.strictObject({ if: z.literal('engagement'), from: share }),
    z.strictObject({ if: z.literal('pages'), from: count(1000) }),
    z.strictObject({ if: z.literal('time'), from: count(86_400) }),
    z.strictObject({
      if: z.literal('lifetimeValue'),
      from: z.number('Write a number.').min(0, 'At least 0.').max(1e12, 'At most 1,000,000,000,000.'),
    }),
    z.strictObject({
      if: z.literal('churnRisk'),
      is: z.array(z.enum(CHURN_RISKS)).min(1, 'Choose at least one.'),
    }),
    z.strictObject({ if: z.literal('attribute'), name: word(60), is: words }),
  ],
  'There is no such condition.',
);

const action = z.discriminatedUnion(
  'do',
  [
    z.strictObject({ do: z.literal('offer') }),
    z.strictObject({ do: z.literal('escalate') }),
    z.strictObject({ do: z.literal('path'), path: z.enum(RULED_PATHS) }),
    z.strictObject({ do: z.literal('team'), team: word(80) }),
    z.strictObject({
      do: z.literal('priority'),
      priority: z.union([z.literal(1), z.literal(2), z.literal(3), z.literal(4)], '1 to 4.'),
    }),
    z.strictObject({ do: z.literal('suggest') }),
    z.strictObject({ do: z.literal('approach'), text: word(160) }),
    z.strictObject({ do: z.literal('label'), label: word(40) }),
    z.strictObject({ do: z.literal('notify'), team: word(80).nullable() }),
  ],
  'There is no such action.',
);

/** Rules as they are kept, imported and exported. */
export const ruleList = z
  .array(
    z
      .strictObject({
        id: z
          .string()
          .regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/, 'Small letters, digits and hyphens.')
          .max(60),
        name: word(80),
        enabled: z.boolean(),
        when: z
          .array(condition)
          .min(1, 'A rule has at least one condition.')
          .max(10, 'At most 10 conditions.'),
        act: z
          .array(action)
          .min(1, 'A rule does at least one thing.')
          .max(6, 'At most 6 actions.')
          .refine((all) => new Set(all.map((each) => each.do)).size === all.length, 'Each action once.')
          .refine(
            (all) => !(all.some((each) => each.do === 'offer') && all.some((each) => each.do === 'escalate')),
            'Either offer or escalate.',
          ),
      })
      .refine(({ when, act }) => approachText({ act }) === null || !when.some(needsWords), {
        path: ['when'],
        error: 'Whoever is approached has said nothing: go by the page, the visit and the customer alone.',
      }),
  )
  .max(100, 'At most 100 rules.')
  .refine((rules) => new Set(rules.map(({ id }) => id)).size === rules.length, 'Each id once.');

/** What a file holds. */
export const ruleFile = z.strictObject({ rules: ruleList });
