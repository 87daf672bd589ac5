import path from 'node:path';
import { createBrain } from '@/lib/brain/brain';
import { KEPT_NOWHERE, type Mind } from '@/lib/brain/mind';
import { mindInThreads } from '@/lib/brain/mind-in-threads';
import { type Article, DEFAULT_THRESHOLDS, type KnowledgeIndex } from '@/lib/domain/judgement';
import { seededRandom } from '@/lib/domain/test-wall-clock';
import type { WorldOn } from '@/lib/services/world-on';
import { type Measured, percentile } from './statistics';

const ARTICLES = 10_000;
const EXAMPLES = 3;
const ROUNDS = 5;
const QUESTIONS = 80;
const WORDS = 4000;
const SIZE = 512;
const AT_MOST_MS = 150;
const SYLLABLES = [
  'ba',
  'cor',
  'del',
  'fi',
  'gan',
  'hol',
  'li',
  'mer',
  'no',
  'pra',
  'sti',
  'tu',
  'ver',
  'wo',
];

/**
 * The whole judgement of a first question, the embedding of it included, beside a bare full-text query of Postgres for the
 * best article. The vectors of the articles are random: comparing costs the same, and embedding them all takes minutes.
 */
export async function brainSpeed(world: WorldOn): Promise<Measured[]> {
  const random = seededRandom(5);
  const text = wordsOf(random);
  const articles = Array.from(
    { length: ARTICLES },
    (_, place): Article => ({
      id: `article-${String(place).padStart(5, '0')}`,
      title: text(4),
      body: text(60),
      category: '',
      examples: Array.from({ length: EXAMPLES }, () => text(8)),
      updatedAt: 0,
    }),
  );
  const mind = mindInThreads(path.resolve('dist/brain-worker.js'));
  const brain = createBrain(withRandomVectors(mind, random));
  try {
    const started = performance.now();
    const index = await brain.study(articles, KEPT_NOWHERE);
    process.stdout.write(
      `  studied in ${((performance.now() - started) / 1000).toFixed(1)} s, without the embedding\n`,
    );
    const judge = (question: string) => judgeFirst(brain, index, question);
    const search = await fullTextSearch(world, articles);
    for (const warm of [text(8), text(8)]) await Promise.all([judge(warm), search(warm)]);
    const rounds: { judge: number[]; search: number[] }[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      const questions = Array.from({ length: QUESTIONS }, () => text(4 + random.int(6)));
      rounds.push({ judge: await timed(questions, judge), search: await timed(questions, search) });
    }
    return [measured(rounds)];
  } finally {
    await mind.close();
  }
}

function wordsOf(random: ReturnType<typeof seededRandom>): (count: number) => string {
  const syllable = () => SYLLABLES[random.int(SYLLABLES.length)] ?? '';
  const vocabulary = Array.from({ length: WORDS }, () => syllable() + syllable() + syllable());
  // The first words are used most, as in any language.
  const word = () => vocabulary[Math.floor(WORDS ** (random.int(10_000) / 10_000)) - 1] ?? '';
  return (count) => Array.from({ length: count }, word).join(' ');
}

function withRandomVectors(mind: Mind, random: ReturnType<typeof seededRandom>): Mind {
  const vector = () => Int8Array.from({ length: SIZE }, () => random.int(255) - 127);
  return {
    ...mind,
    embedder: {
      ...mind.embedder,
      // The model is loaded by the one that asks for it as the server's would be.
      embedInBackground: async (texts) =>
        texts.length === 1 ? mind.embedder.embedInBackground(texts) : texts.map(vector),
    },
  };
}

function judgeFirst(brain: ReturnType<typeof createBrain>, index: KnowledgeIndex, question: string) {
  return brain.judge({
    turns: [{ id: '1', author: 'visitor', text: question, at: 0 }],
    index,
    thresholds: DEFAULT_THRESHOLDS,
    now: 0,
    botName: 'Bot',
  });
}

async function fullTextSearch({ ctx }: WorldOn, articles: readonly Article[]) {
  await ctx.db.query('create table searched (id text primary key, words tsvector not null)');
  await ctx.db.query(
    `insert into searched select id, to_tsvector('english', said) from unnest($1::text[], $2::text[]) as given (id, said)`,
    [
      articles.map(({ id }) => id),
      articles.map(({ title, body, examples }) => [title, body, ...examples].join('\n')),
    ],
  );
  await ctx.db.query('create index searched_words on searched using gin (words)');
  await ctx.db.query('analyze searched');
  return (question: string) =>
    ctx.db.query(
      `select id from searched, to_tsquery('english', $1::text) as asked
       where words @@ asked order by ts_rank(words, asked, 1) desc limit 1`,
      [question.split(' ').join(' | ')],
    );
}

async function timed(
  questions: readonly string[],
  ask: (question: string) => Promise<unknown>,
): Promise<number[]> {
  const took: number[] = [];
  for (const question of questions) {
    const started = performance.now();
    await ask(question);
    took.push(performance.now() - started);
  }
  return took;
}

function measured(rounds: readonly { judge: number[]; search: number[] }[]): Measured {
  const value = percentile(
    rounds.flatMap(({ judge }) => judge),
    0.95,
  );
  const floor = percentile(
    rounds.flatMap(({ search }) => search),
    0.95,
  );
  return {
    id: 'brain-speed',
    what: `${ARTICLES} articles x ${EXAMPLES} examples, first answer, p95 / full-text query`,
    unit: 'ms',
    value,
    floor,
    ratio: value / floor,
    rounds: rounds.map(({ judge, search }) => percentile(judge, 0.95) / percentile(search, 0.95)),
    target: `<= ${AT_MOST_MS} ms`,
    met: value <= AT_MOST_MS,
  };
}
