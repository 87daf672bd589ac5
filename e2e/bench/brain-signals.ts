import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { ARTICLES } from '@/db/seed/larkfell/articles';
import { createBrain } from '@/lib/brain/brain';
import { KEPT_NOWHERE, mindHere } from '@/lib/brain/mind';
import { DEFAULT_THRESHOLDS, type Judgement, type Turn } from '@/lib/domain/judgement';
import { READ_BACK } from '@/lib/domain/read-back';
import { SIGNAL_NAMES, type SignalName } from '@/lib/domain/signal';
import type { Measured } from './statistics';

const turn = z.object({ author: z.enum(['visitor', 'bot']), text: z.string() });
const labelled = z.object({
  id: z.string(),
  turns: z.array(turn),
  labels: z.record(z.string(), z.array(z.string())),
  offer_at: z.number().nullable(),
  offer_optional: z.boolean().optional(),
});
const question = z.object({ id: z.string(), turns: z.array(turn) });
const request = question.extend({ expect: z.object({ intent: z.string() }) });
const injection = z.object({ text: z.string(), signal: z.enum(SIGNAL_NAMES) });
const rated = question.extend({ expect: z.object({ rating: z.array(z.number().nullable()) }) });

/** A mean of three ratings of 1 to 5 below this is called unhappy. */
const UNHAPPY_BELOW = 2.67;
/** For these the dialogues have no labels. */
const UNLABELLED: readonly string[] = [
  'low_confidence',
  'long_session',
  'polarity',
  'refund_over_limit',
  'compliance',
  'regulated_transaction',
  'sensitive_change',
];

type Said = z.infer<typeof turn>;
type Half = 'tuning' | 'held out';

interface Place {
  conversation: string;
  turn: number;
}

interface Score {
  hits: number;
  misses: Place[];
  falseAlarms: Place[];
}

/** The detectors on the development sets: what fires and what should. Nothing here is a final figure. */
export async function brainSignals(data: string): Promise<Measured[]> {
  const judge = openJudge();
  const results = [
    ...(await onDialogues(
      path.join(data, 'dialogues', 'conversations.jsonl'),
      openJudge(createBrain(mindHere())),
    )),
    ...(await onRequests(path.join(data, 'customer-service-intents', 'turns.jsonl'), judge)),
    ...(await onQuestions(data, judge)),
    ...(await onRatings(path.join(data, 'satisfaction-sgd', 'turns.jsonl'), judge)),
    ...(await onInjections(judge)),
    ...(await onInjectionsLive()),
  ];
  process.stdout.write(`\n${judge.pace()}\nDevelopment figures all: these sets were looked at.\n`);
  return results;
}

interface Judge {
  (turns: readonly Said[], place: number): Promise<Judgement>;
  pace(): string;
}

/** With no articles, so that the detectors stand alone; by meaning where a dialogue is followed, as the live bot does. */
function openJudge(brain = createBrain(), index = brain.index([])): Judge {
  let judged = 0;
  let took = 0;
  const judge = async (said: readonly Said[], place: number): Promise<Judgement> => {
    const turns: Turn[] = said.map((each, at) => ({ ...each, id: String(at), at: 0 }));
    const before = performance.now();
    const judgement = await brain.judge({
      turns: turns.slice(Math.max(0, place + 1 - READ_BACK), place + 1),
      index,
      thresholds: DEFAULT_THRESHOLDS,
      now: 0,
      botName: 'Bot',
    });
    took += performance.now() - before;
    judged += 1;
    return judgement;
  };
  return Object.assign(judge, {
    pace: () => `${judged} turns judged, ${(took / judged).toFixed(2)} s for 1,000`,
  });
}

async function onDialogues(file: string, judge: Judge): Promise<Measured[]> {
  const conversations = rowsOf(file, labelled);
  const of = (half: Half) => conversations.filter(({ id }) => halfOf(id) === half);
  return [
    ...(await onHalf('tuning', of('tuning'), judge)),
    ...(await onHalf('held out', of('held out'), judge)),
  ];
}

/** Rules were written with the one half in sight; the other shows what they are worth. */
function halfOf(id: string): Half {
  return (createHash('sha256').update(id).digest()[0] ?? 0) % 2 === 0 ? 'tuning' : 'held out';
}

async function onHalf(
  half: Half,
  conversations: readonly z.infer<typeof labelled>[],
  judge: Judge,
): Promise<Measured[]> {
  const scores = new Map<string, Score>();
  const offers = new Map<string, string[]>();
  for (const conversation of conversations) {
    let firstOffer: number | null = null;
    for (const [place, { author }] of conversation.turns.entries()) {
      if (author !== 'visitor') continue;
      const judgement = await judge(conversation.turns, place);
      note(
        scores,
        { conversation: conversation.id, turn: place },
        judgement,
        conversation.labels[place] ?? [],
      );
      if (judgement.offer !== null) firstOffer ??= place;
    }
    const timing = timingOf(firstOffer, conversation);
    offers.set(timing, [...(offers.get(timing) ?? []), conversation.id]);
  }
  process.stdout.write(`\n${dialoguesText(half, conversations.length, scores, offers)}\n`);
  const all = [...scores.values()];
  const f1 = all.reduce((sum, score) => sum + f1Of(score), 0) / all.length;
  const onTime = (offers.get('on time')?.length ?? 0) / (conversations.length - optionalIn(conversations));
  return [
    figure(`dialogues, ${half}: mean F1 of ${all.length} signals`, f1, { atLeast: 0.85 }),
    figure(`dialogues, ${half}: first offer on time, %`, 100 * onTime, { atLeast: 85 }),
  ];
}

function note(
  scores: Map<string, Score>,
  place: Place,
  { signals }: Judgement,
  labels: readonly string[],
): void {
  const fired = signals.filter((signal) => signal.fired && !UNLABELLED.includes(signal.name));
  const names = new Set<string>([...labels, ...fired.map(({ name }) => name)]);
  for (const name of names) {
    const score = scores.get(name) ?? { hits: 0, misses: [], falseAlarms: [] };
    scores.set(name, score);
    if (!labels.includes(name)) score.falseAlarms.push(place);
    else if (fired.some((signal) => signal.name === name)) score.hits += 1;
    else score.misses.push(place);
  }
}

function timingOf(first: number | null, { offer_at, offer_optional }: z.infer<typeof labelled>): string {
  if (offer_optional === true) return 'either way';
  if (first === offer_at) return 'on time';
  if (first === null) return 'missing';
  return offer_at === null || first < offer_at ? 'early' : 'late';
}

function optionalIn(conversations: readonly z.infer<typeof labelled>[]): number {
  return conversations.filter(({ offer_optional }) => offer_optional === true).length;
}

function dialoguesText(
  half: Half,
  count: number,
  scores: ReadonlyMap<string, Score>,
  offers: ReadonlyMap<string, readonly string[]>,
): string {
  const rows = [...scores].sort(([a], [b]) => (a < b ? -1 : 1));
  const places = (of: readonly Place[]) =>
    of.map(({ conversation, turn: at }) => `${conversation} t${at}`).join(', ');
  return [
    `dialogues, ${half} half: ${count} conversations, no articles`,
    `  ${'signal'.padEnd(20)}  hits  missed  false  precision  recall    F1`,
    ...rows.map(([name, score]) =>
      [
        `  ${name.padEnd(20)}`,
        String(score.hits).padStart(4),
        String(score.misses.length).padStart(6),
        String(score.falseAlarms.length).padStart(5),
        shareText(score.hits, score.falseAlarms.length).padStart(9),
        shareText(score.hits, score.misses.length).padStart(6),
        f1Of(score).toFixed(2).padStart(4),
      ].join('  '),
    ),
    ...rows.flatMap(([name, { misses, falseAlarms }]) => [
      ...(misses.length > 0 ? [`  missed ${name}: ${places(misses)}`] : []),
      ...(falseAlarms.length > 0 ? [`  false ${name}: ${places(falseAlarms)}`] : []),
    ]),
    ...[...offers].map(
      ([timing, ids]) =>
        `  offer ${timing}: ${ids.length}${['on time', 'either way'].includes(timing) ? '' : ` (${ids.join(', ')})`}`,
    ),
  ].join('\n');
}

function shareText(part: number, rest: number): string {
  return part + rest === 0 ? '-' : (part / (part + rest)).toFixed(2);
}

function f1Of({ hits, misses, falseAlarms }: Score): number {
  return (2 * hits) / (2 * hits + misses.length + falseAlarms.length);
}

/** Requests for a person among other wishes, with typing slips and swearing. */
async function onRequests(file: string, judge: Judge): Promise<Measured[]> {
  const rows = rowsOf(file, request);
  const missed: string[] = [];
  const falseAlarms: string[] = [];
  let hits = 0;
  for (const { id, turns, expect } of rows) {
    const hasFired = fired(await judge(turns, 0), 'human_request');
    const isWanted = expect.intent === 'contact_human_agent';
    if (hasFired && isWanted) hits += 1;
    else if (isWanted) missed.push(id);
    else if (hasFired) falseAlarms.push(`${id} (${expect.intent})`);
  }
  process.stdout.write(
    `\ncustomer-service-intents: ${rows.length} requests, ${hits + missed.length} for a person\n  missed: ${missed.join(', ') || 'none'}\n  false: ${falseAlarms.join(', ') || 'none'}\n`,
  );
  return [
    figure('customer-service-intents: human_request recall', hits / (hits + missed.length), {
      atLeast: 0.95,
    }),
    figure('customer-service-intents: human_request precision', hits / (hits + falseAlarms.length), {
      atLeast: 0.99,
    }),
  ];
}

/** Plain questions of other businesses: whoever asks them wants an answer, and is calm. */
async function onQuestions(data: string, judge: Judge): Promise<Measured[]> {
  const results: Measured[] = [];
  for (const set of ['banking', 'clinc']) {
    const rows = rowsOf(path.join(data, set, 'turns.jsonl'), question);
    const firing = new Map<SignalName, string[]>();
    for (const { id, turns } of rows) {
      for (const signal of (await judge(turns, 0)).signals) {
        if (signal.fired) firing.set(signal.name, [...(firing.get(signal.name) ?? []), id]);
      }
    }
    const count = (name: SignalName) => firing.get(name)?.length ?? 0;
    const ids = (name: SignalName) => firing.get(name)?.join(', ') ?? 'none';
    process.stdout.write(
      `\n${set}: ${rows.length} questions\n  fired: ${[...firing].map(([name, hit]) => `${name} ${hit.length}`).join(', ')}\n  human_request: ${ids('human_request')}\n  frustration: ${ids('frustration')}\n`,
    );
    results.push(
      figure(`${set}: human_request in 1,000`, (1000 * count('human_request')) / rows.length, { atMost: 1 }),
      figure(`${set}: frustration, %`, (100 * count('frustration')) / rows.length, { atMost: 1 }),
    );
  }
  return results;
}

/** How well the frustration value ranks turns that people rated unhappy above the others. */
async function onRatings(file: string, judge: Judge): Promise<Measured[]> {
  const turns: { value: number; isUnhappy: boolean }[] = [];
  let alarms = 0;
  for (const dialogue of rowsOf(file, rated)) {
    for (const [place, rating] of dialogue.expect.rating.entries()) {
      if (rating === null || dialogue.turns[place]?.author !== 'visitor') continue;
      const judgement = await judge(dialogue.turns, place);
      const frustration = judgement.signals.find(({ name }) => name === 'frustration');
      turns.push({ value: frustration?.value ?? 0, isUnhappy: rating < UNHAPPY_BELOW });
      if (frustration?.fired) alarms += 1;
    }
  }
  const unhappy = turns.filter(({ isUnhappy }) => isUnhappy).length;
  process.stdout.write(
    `\nsatisfaction-sgd: ${turns.length} rated turns, ${unhappy} unhappy; frustration fired at ${alarms}\n`,
  );
  return [figure('satisfaction-sgd: AUROC of frustration', rankedAbove(turns), { atLeast: 0.8 })];
}

/**
 * Needs of a person in unseen words, each beside something that is said to a model to keep it quiet: written without
 * sight of the detectors, and kept out of their tuning.
 */
async function onInjections(judge: Judge): Promise<Measured[]> {
  const lines = rowsOf(path.resolve('e2e/bench/injections.jsonl'), injection);
  const unheard: string[] = [];
  let offered = 0;
  for (const { text, signal } of lines) {
    const judgement = await judge([{ author: 'visitor', text }], 0);
    if (judgement.offer !== null) offered += 1;
    if (!fired(judgement, signal)) unheard.push(`  ${signal}: ${text.replaceAll('\n', ' ')}`);
  }
  process.stdout.write(`\ninjections: the signal of ${unheard.length} of ${lines.length} did not fire\n`);
  process.stdout.write(`${unheard.join('\n')}\n`);
  return [
    figure('injections: offered a person', offered / lines.length, { atLeast: 1 }),
    figure('injections: signal fired', 1 - unheard.length / lines.length, { atLeast: 1 }),
  ];
}

/** The same as the bot of the demo world meets them, which has articles and offers a person where none of them answers. */
async function onInjectionsLive(): Promise<Measured[]> {
  const brain = createBrain(mindHere());
  const articles = ARTICLES.map((article) => ({ ...article, examples: [...article.examples], updatedAt: 0 }));
  const judge = openJudge(brain, await brain.study(articles, KEPT_NOWHERE));
  const lines = rowsOf(path.resolve('e2e/bench/injections.jsonl'), injection);
  const answered: string[] = [];
  for (const { text, signal } of lines) {
    const judgement = await judge([{ author: 'visitor', text }], 0);
    if (judgement.offer === null) answered.push(`  ${signal}: ${text.replaceAll('\n', ' ')}`);
  }
  process.stdout.write(
    `\ninjections, with the articles of the demo: no person was offered at ${answered.length}\n`,
  );
  process.stdout.write(`${answered.join('\n')}\n`);
  const offered = 1 - answered.length / lines.length;
  return [figure('injections, with articles: offered a person', offered, { atLeast: 1 })];
}

/** The chance that an unhappy turn has a higher value than another one; a tie counts half. */
function rankedAbove(turns: readonly { value: number; isUnhappy: boolean }[]): number {
  const values = (isUnhappy: boolean) =>
    turns.filter((each) => each.isUnhappy === isUnhappy).map(({ value }) => value);
  const [unhappy, others] = [values(true), values(false)];
  const wins = unhappy.reduce(
    (sum, value) =>
      sum + others.reduce((won, other) => won + (value > other ? 1 : value === other ? 0.5 : 0), 0),
    0,
  );
  return wins / (unhappy.length * others.length);
}

function fired({ signals }: Judgement, name: SignalName): boolean {
  return signals.some((signal) => signal.name === name && signal.fired);
}

function figure(what: string, value: number, goal: { atLeast: number } | { atMost: number }): Measured {
  const [target, isMet, bound] =
    'atLeast' in goal
      ? [`>= ${goal.atLeast}`, value >= goal.atLeast, goal.atLeast]
      : [`<= ${goal.atMost}`, value <= goal.atMost, goal.atMost];
  const ratio = value / bound;
  return {
    id: 'brain-signals',
    what,
    unit: '',
    value,
    floor: bound,
    ratio,
    rounds: [ratio],
    target,
    met: isMet,
  };
}

function rowsOf<T>(file: string, shape: z.ZodType<T>): T[] {
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => shape.parse(JSON.parse(line)));
}
