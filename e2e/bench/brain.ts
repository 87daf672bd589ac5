import { readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { createBrain } from '@/lib/brain/brain';
import { type Judged, type Quality, qualityOf } from '@/lib/brain/confidence/reliability';
import { KEPT_NOWHERE, mindHere } from '@/lib/brain/mind';
import { type Article, DEFAULT_THRESHOLDS, type Turn } from '@/lib/domain/judgement';
import type { Measured } from './statistics';

const article = z.object({
  id: z.string(),
  title: z.string(),
  body: z.string(),
  examples: z.array(z.string()),
});
const question = z.object({
  id: z.string(),
  turns: z.array(z.object({ author: z.enum(['visitor', 'bot', 'agent']), text: z.string() })),
  expect: z.object({ article: z.string().nullable() }),
});

type Goal = { what: string; of: (quality: Quality) => number; baseline: number } & (
  | { atLeast: number }
  | { atMost: number }
);

const share = (name: keyof Quality) => (quality: Quality) => 100 * Number(quality[name]);
const figure = (name: keyof Quality) => (quality: Quality) => Number(quality[name]);

/** How many times each question counts, so that those which nothing answers are as common as in the public test. */
interface Mix {
  answerable: number;
  unanswerable: number;
  goals: readonly Goal[];
}

/** Baselines are those of the public test parts, measured with a prototype; what is judged here are the parts for development. */
const SETS: readonly { folder: string; split: string; goals: readonly Goal[]; asInTest?: Mix }[] = [
  {
    folder: 'clinc',
    split: 'development: validation questions and 200 out of scope, 10 examples an article',
    goals: [
      { what: 'answered right, %', of: share('answeredRight'), baseline: 79, atLeast: 78 },
      { what: 'out of scope declined, %', of: share('declined'), baseline: 85.3, atLeast: 84 },
      { what: 'ECE', of: figure('expectedCalibrationError'), baseline: 0.089, atMost: 0.08 },
      { what: 'AUROC in/out of scope', of: figure('aurocAnswerable'), baseline: 0.924, atLeast: 0.92 },
      { what: 'precision of answers, %', of: share('precision'), baseline: 91.2, atLeast: 90 },
    ],
    // 4,500 and 1,000 there, 3,000 and 200 here.
    asInTest: {
      answerable: 3,
      unanswerable: 10,
      goals: [
        {
          what: 'ECE, out of scope as often as in the test',
          of: figure('expectedCalibrationError'),
          baseline: 0.089,
          atMost: 0.08,
        },
      ],
    },
  },
  {
    folder: 'banking',
    split: 'development: 2,000 other training questions, 10 examples an article, none out of scope',
    goals: [{ what: 'top-1, %', of: share('topOne'), baseline: 77.7, atLeast: 77 }],
  },
  {
    folder: 'real-users-curekart',
    split: 'development: HINT3 v2 test questions of one of three bots, v1 examples',
    goals: [
      { what: 'balanced score, %', of: share('balanced'), baseline: 70.8, atLeast: 67 },
      { what: 'ECE', of: figure('expectedCalibrationError'), baseline: 0.043, atMost: 0.08 },
    ],
  },
];

/** The bot's judgement on public questions, at the settings that ship and the default threshold; nothing is fitted to them. */
export async function brainQuality(data: string): Promise<Measured[]> {
  const results: Measured[] = [];
  for (const { folder, split, goals, asInTest } of SETS) {
    process.stderr.write(`  ${folder} ...\n`);
    const judged = await judgeAll(path.join(data, folder));
    const quality = qualityOf(judged, DEFAULT_THRESHOLDS.confidence);
    process.stdout.write(`${asText(folder, split, quality)}\n`);
    results.push(...goals.map((goal) => measured(folder, goal, quality)));
    if (asInTest === undefined) continue;
    const mixed = qualityOf(mix(judged, asInTest), DEFAULT_THRESHOLDS.confidence);
    results.push(...asInTest.goals.map((goal) => measured(folder, goal, mixed)));
  }
  return results;
}

function mix(judged: readonly Judged[], { answerable, unanswerable }: Mix): Judged[] {
  return judged.flatMap((each) =>
    Array.from({ length: each.isAnswerable ? answerable : unanswerable }, () => each),
  );
}

async function judgeAll(folder: string): Promise<Judged[]> {
  const articles: Article[] = rowsOf(folder, 'articles.jsonl', article).map((row) => ({
    ...row,
    category: '',
    updatedAt: 0,
  }));
  const brain = createBrain(mindHere());
  const index = await brain.study(articles, KEPT_NOWHERE);
  const judged: Judged[] = [];
  for (const { turns: said, expect } of rowsOf(folder, 'turns.jsonl', question)) {
    const turns: Turn[] = said.map((turn, place) => ({ ...turn, id: String(place), at: place * 60_000 }));
    const now = turns.at(-1)?.at ?? 0;
    const found = await brain.judge({ turns, index, thresholds: DEFAULT_THRESHOLDS, now, botName: 'Bot' });
    judged.push({
      confidence: found.confidence ?? 0,
      isRight: expect.article !== null && found.article?.id === expect.article,
      isAnswerable: expect.article !== null,
    });
  }
  return judged;
}

function rowsOf<T>(folder: string, name: string, shape: z.ZodType<T>): T[] {
  const lines = readFileSync(path.join(folder, name), 'utf8').split('\n');
  return lines.filter((line) => line !== '').map((line) => shape.parse(JSON.parse(line)));
}

function measured(folder: string, goal: Goal, quality: Quality): Measured {
  const value = goal.of(quality);
  const isMet = 'atLeast' in goal ? value >= goal.atLeast : value <= goal.atMost;
  return {
    id: 'brain',
    what: `${folder}: ${goal.what}`,
    unit: '',
    value,
    floor: goal.baseline,
    ratio: value / goal.baseline,
    rounds: [value / goal.baseline],
    target: 'atLeast' in goal ? `>= ${goal.atLeast}` : `<= ${goal.atMost}`,
    met: isMet,
  };
}

function asText(folder: string, split: string, quality: Quality): string {
  const percent = (value: number) => `${(100 * value).toFixed(1)} %`;
  const lines = [
    `\n${folder} (${split})`,
    `  ${quality.answerable} answerable, ${quality.unanswerable} not; threshold ${DEFAULT_THRESHOLDS.confidence}`,
    `  top-1                    ${percent(quality.topOne)}`,
    `  answered right           ${percent(quality.answeredRight)}`,
    `  out of scope declined    ${percent(quality.declined)}`,
    `  balanced                 ${percent(quality.balanced)}`,
    `  precision of answers     ${percent(quality.precision)}`,
    `  AUROC in/out of scope    ${quality.aurocAnswerable.toFixed(3)}`,
    `  AUROC right/wrong        ${quality.aurocRight.toFixed(3)}`,
    `  ECE                      ${quality.expectedCalibrationError.toFixed(3)}`,
    '  confidence      n  mean  right',
    ...quality.bins.map(
      ({ from, to, count, meanConfidence, right }) =>
        `  ${from.toFixed(1)} to ${to.toFixed(1)} ${String(count).padStart(6)}  ${
          count === 0 ? '   -      -' : `${meanConfidence.toFixed(2)}   ${right.toFixed(2)}`
        }`,
    ),
  ];
  return lines.join('\n');
}
