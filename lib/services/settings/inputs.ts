import { z } from 'zod';
import { THRESHOLD_RANGE, type ThresholdName } from '@/lib/domain/bot-settings';
import { type Calendar, calendarProblems } from '@/lib/domain/business-hours';
import { DISCIPLINES } from '@/lib/domain/order-of-service';
import { AWAY_AFTER_MS, GRACE_MS, MAX_AGED_SHARE } from '@/lib/domain/queue-settings';
import { ROUTING_MODES } from '@/lib/domain/routing-settings';

const MAX_TARGET_MS = 90 * 24 * 60 * 60_000;

const target = z.int().min(1000, 'At least one second.').max(MAX_TARGET_MS, 'At most 90 days.').nullable();
const targets = z.strictObject({ firstResponseMs: target, nextResponseMs: target, resolutionMs: target });

/** What a handoff of each priority is promised, in ms; null for nothing. */
export const slaTargets = z.strictObject({ 1: targets, 2: targets, 3: targets, 4: targets });

const interval = z.strictObject({ from: z.string().max(5), to: z.string().max(5) });

const holidayName = z
  .string()
  .max(80, 'At most 80 characters.')
  .refine((text) => !text.includes('\u0000'), 'must not contain the character NUL')
  .overwrite((text) => text.replace(/\p{Surrogate}/gu, '\ufffd'));

const points = z.int('A whole number.').min(0, 'At least 0.').max(100, 'At most 100.');
const threshold = z.int('A whole number.').min(1, 'At least 1.').max(100, 'At most 100.');

/** The lowest score of each priority but the last; each below the one above it. */
const priorityThresholds = z
  .strictObject({ 1: threshold, 2: threshold, 3: threshold })
  .superRefine((of, context) => {
    for (const [higher, lower] of [
      [1, 2],
      [2, 3],
    ] as const) {
      if (of[lower] < of[higher]) continue;
      const message = `Below the ${of[higher]} of P${higher}.`;
      context.addIssue({ code: 'custom', path: [`${lower}`], message });
    }
  });

/** How the first priority of a handoff follows from its score, and the score from what is known. */
export const priorityTerms = z.strictObject({
  thresholds: priorityThresholds,
  weights: z.strictObject({
    base: points.min(1, 'At least 1.'),
    premiumTier: points,
    lifetimeValue: points,
    churnRisk: points,
    negativeMood: points,
    longConversation: points,
    cancellation: points,
    manyMessages: points,
  }),
});

const awayAfter = z.int().min(AWAY_AFTER_MS.least, 'At least 1 min.').max(AWAY_AFTER_MS.most, 'At most 8 h.');
const grace = z.int().min(GRACE_MS.least, 'At least 20 s.').max(GRACE_MS.most, 'At most 10 min.');

/** Who is served next, who may go above capacity, and when a conversation comes back. */
export const queueTerms = z.strictObject({
  discipline: z.enum(DISCIPLINES),
  agedShare: z.number().min(0).max(MAX_AGED_SHARE),
  overflowSlots: z.int().min(0).max(1),
  waitingFreesSlot: z.boolean(),
  graceMs: grace,
  awayAfterMs: awayAfter.nullable(),
});

function within(name: ThresholdName) {
  const { least, most, places } = THRESHOLD_RANGE[name];
  return z
    .number('Write a number.')
    .min(least, `At least ${least}.`)
    .max(most, `At most ${most}.`)
    .refine(
      (value) => Number(value.toFixed(places)) === value,
      places === 0 ? 'A whole number.' : `At most ${places} decimals.`,
    );
}

/** When the bot offers a person. */
export const botTerms = z.strictObject({
  confidence: within('confidence'),
  frustration: within('frustration'),
  polarity: within('polarity'),
  loop: within('loop'),
  topics: within('topics'),
  questions: within('questions'),
  refundOver: within('refundOver'),
  sessionMinutes: within('sessionMinutes'),
});

/** The version that was seen; a change over another is refused. */
export const seenVersion = z.int().min(0).max(1_000_000_000);

export const policyTerms = z.strictObject({ clock: z.enum(['business', 'always']), targets: slaTargets });

/** A team's week in its own time zone; refused with words for whatever in it cannot be. */
export const calendar = z
  .strictObject({
    timeZone: z.string().min(1).max(64),
    week: z.array(z.array(interval).max(12).readonly()).length(7).readonly(),
    holidays: z
      .array(z.strictObject({ date: z.string().max(10), name: holidayName }))
      .max(400)
      .readonly(),
  })
  .superRefine((value: Calendar, context) => {
    for (const problem of calendarProblems(value)) {
      context.addIssue({ code: 'custom', path: problem.field.split('.'), message: problem.message });
    }
  });

const skillName = z
  .string()
  .trim()
  .min(1, 'Give the skill a name.')
  .max(40, 'At most 40 characters.')
  .regex(/^[\p{L}\p{N}][\p{L}\p{N} &+'./-]*$/u, 'Letters, digits and spaces only.');
const skillLevel = z.union([z.literal(1), z.literal(2), z.literal(3)]);

/** What an agent knows, by the skill's name. */
export const agentSkills = z
  .record(skillName, skillLevel)
  .refine((skills) => Object.keys(skills).length <= 30, 'At most 30 skills.');

/** Tags of languages: en, de-CH. */
export const agentLanguages = z
  .array(z.string().regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/, 'A language tag such as en or de-CH.'))
  .max(20, 'At most 20 languages.');

const MINUTE = 60_000;

/** How a team's handoffs find their agent. */
export const routingTerms = z.strictObject({
  mode: z.enum(ROUTING_MODES),
  ringMs: z
    .int()
    .min(1000, 'At least a second.')
    .max(5 * MINUTE, 'At most five minutes.'),
  chain: z
    .array(
      z.strictObject({
        teamId: z.uuid(),
        afterMs: z
          .int()
          .min(1000, 'At least a second.')
          .max(24 * 60 * MINUTE, 'At most a day.'),
      }),
    )
    .max(5, 'At most five teams.')
    .refine((chain) => new Set(chain.map(({ teamId }) => teamId)).size === chain.length, 'Each team once.')
    .readonly(),
  skills: z
    .array(z.strictObject({ name: skillName, level: skillLevel }))
    .max(10, 'At most ten skills.')
    .refine((skills) => new Set(skills.map(({ name }) => name)).size === skills.length, 'Each skill once.')
    .readonly(),
  matchLanguage: z.boolean(),
  seniorsFirst: z.boolean(),
});

const callMinutes = z
  .int('Whole minutes.')
  .min(5, 'At least 5 minutes.')
  .max(240, 'At most 4 hours.')
  .nullable();

/** How a team calls back. */
export const callbackTerms = z.strictObject({
  mode: z.enum(['slots', 'queue', 'off']),
  minutes: z.strictObject({ voice: callMinutes, video: callMinutes, chat: callMinutes }),
  meetingUrl: z
    .url({ protocol: /^https$/, error: 'An address that begins with https://.' })
    .max(500, 'At most 500 characters.')
    .nullable(),
  bufferMinutes: z.int('Whole minutes.').min(0, 'At least 0.').max(120, 'At most 2 hours.'),
  noticeMinutes: z
    .int('Whole minutes.')
    .min(0, 'At least 0.')
    .max(7 * 24 * 60, 'At most a week.'),
  horizonDays: z.int('Whole days.').min(1, 'At least 1.').max(14, 'At most 14.'),
  lateMinutes: z.int('Whole minutes.').min(1, 'At least 1.').max(120, 'At most 2 hours.'),
  withinMinutes: z
    .int('Whole minutes.')
    .min(5, 'At least 5.')
    .max(24 * 60, 'At most a day.'),
});
