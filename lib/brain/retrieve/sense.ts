import type { Article } from '@/lib/domain/judgement';
import { dot, lengthOf, unit, type Vector } from '../embed/vector';
import { paragraphs } from '../text/sentences';
import { fitKernelRidge, type KernelRidge } from './kernel-ridge';
import { at } from './postings';

const LONGEST_TEXT = 400;
/** Learning grows with the cube of the rows: these take ten seconds. */
const MOST_ROWS = 2200;
const NOISE = { example: 0.2, title: 0.3, body: 1 };
const KERNEL_STEEPNESS = 2;
/** Two sentences about nothing in common. */
const UNRELATED = 0.2;

/** A text of an article that is embedded. Those of one article stand together: examples in their order, title, paragraphs. */
interface SenseText {
  article: number;
  text: string;
  kind: keyof typeof NOISE;
}

/** The articles as vectors, and where they are few enough, what was learnt from those. */
export interface Sense {
  size: number;
  rows: Int8Array;
  lengths: Float32Array;
  rowArticle: Int32Array;
  /** Rows of article `a` are those from `firstRow[a]` up to `firstRow[a + 1]`. */
  firstRow: Int32Array;
  /** What each row says of each article, or null in a base too large to learn from at once. */
  weights: Float32Array | null;
}

/** How near a question is to each article, by its meaning. */
export interface Nearness {
  /** 0 and over; about 1 for the question of an article itself. */
  score: Float64Array;
  /** The cosine with the nearest row of each article. */
  cosine: Float64Array;
}

export function senseTexts(articles: readonly Article[]): SenseText[] {
  return articles.flatMap(({ examples, title, body }, article) => [
    ...examples.map((text) => ({ article, text: clip(text), kind: 'example' as const })),
    { article, text: clip(title), kind: 'title' as const },
    ...paragraphs(body).map((text) => ({ article, text: clip(text), kind: 'body' as const })),
  ]);
}

/** What is embedded of a text: its beginning, which costs no more than is worth it. */
export function clip(text: string): string {
  return text.slice(0, LONGEST_TEXT).trim();
}

/** With what is needed to test the articles on their own questions, kept only while learning. */
export interface BuiltSense {
  sense: Sense;
  ridge: KernelRidge | null;
}

export function buildSense(
  articles: readonly Article[],
  vectorOf: (text: string) => Vector | undefined,
): BuiltSense | null {
  const texts = senseTexts(articles);
  const size = texts.length === 0 ? 0 : (vectorOf(texts[0]?.text ?? '')?.length ?? 0);
  if (size === 0) return null;
  const rows = new Int8Array(texts.length * size);
  const lengths = new Float32Array(texts.length);
  const rowArticle = new Int32Array(texts.length);
  const firstRow = new Int32Array(articles.length + 1).fill(texts.length);
  for (let row = texts.length - 1; row >= 0; row--) {
    const { article, text } = texts[row] as SenseText;
    const vector = vectorOf(text);
    if (vector === undefined) return null;
    rows.set(vector, row * size);
    lengths[row] = Math.max(lengthOf(vector, 0, size), 1e-9);
    rowArticle[row] = article;
    firstRow[article] = row;
  }
  const held = { size, rows, lengths, rowArticle, firstRow };
  const ridge = texts.length <= MOST_ROWS ? learn(texts, held, articles.length) : null;
  return { sense: { ...held, weights: ridge?.weights ?? null }, ridge };
}

function learn(texts: readonly SenseText[], sense: Omit<Sense, 'weights'>, articles: number): KernelRidge {
  const units = texts.map((_, row) => unit(sense.rows.subarray(row * sense.size, (row + 1) * sense.size)));
  return fitKernelRidge({
    count: texts.length,
    articles,
    articleOf: sense.rowArticle,
    noiseOf: texts.map(({ kind }) => NOISE[kind]),
    kernel: (a, b) => kernelOf(dot(units[a] as Float64Array, units[b] as Float64Array)),
  });
}

/** The Gaussian kernel of two unit vectors, from their cosine. */
function kernelOf(cosine: number): number {
  return Math.exp(KERNEL_STEEPNESS * (cosine - 1));
}

interface Scratch {
  cosines: Float64Array;
  nearness: Nearness;
}

const scratches = new WeakMap<Sense, Scratch>();

function scratchFor(sense: Sense): Scratch {
  const held = scratches.get(sense);
  if (held !== undefined) return held;
  const articles = sense.firstRow.length - 1;
  const made = {
    cosines: new Float64Array(sense.lengths.length),
    nearness: { score: new Float64Array(articles), cosine: new Float64Array(articles) },
  };
  scratches.set(sense, made);
  return made;
}

/** How near a question is to each article. The answer is overwritten by the next one: no question allocates. */
export function nearness(sense: Sense, question: Vector): Nearness {
  const scratch = scratchFor(sense);
  cosinesWith(sense, unit(question), scratch.cosines);
  fillCosines(sense, scratch, null);
  if (sense.weights === null) scoreByCosine(scratch.nearness);
  else scoreByWeights(sense.weights, scratch);
  return scratch.nearness;
}

/** The nearness of an article's own example, as if it, or all of the article, had never been there. */
export function nearnessHeldOut(
  { sense, ridge }: BuiltSense,
  { article, example, whole }: { article: number; example: number; whole: boolean },
): Nearness {
  const scratch = scratchFor(sense);
  const first = at(sense.firstRow, article);
  const own = first + example;
  cosinesWith(sense, unit(sense.rows.subarray(own * sense.size, (own + 1) * sense.size)), scratch.cosines);
  const rows = Array.from({ length: at(sense.firstRow, article + 1) - first }, (_, k) => first + k);
  fillCosines(sense, scratch, whole ? rows : [own]);
  if (ridge === null) {
    scoreByCosine(scratch.nearness);
  } else {
    const scores = whole ? ridge.withoutAll([own, ...rows.filter((row) => row !== own)]) : ridge.without(own);
    scratch.nearness.score.set(scores.map((score) => Math.max(0, score)));
  }
  if (whole) scratch.nearness.score[article] = 0;
  return scratch.nearness;
}

function cosinesWith({ rows, lengths, size }: Sense, question: Float64Array, cosines: Float64Array): void {
  for (let row = 0, from = 0; row < lengths.length; row++, from += size) {
    let [a, b, c, d] = [0, 0, 0, 0];
    for (let k = 0; k < size; k += 4) {
      a += (rows[from + k] as number) * (question[k] as number);
      b += (rows[from + k + 1] as number) * (question[k + 1] as number);
      c += (rows[from + k + 2] as number) * (question[k + 2] as number);
      d += (rows[from + k + 3] as number) * (question[k + 3] as number);
    }
    cosines[row] = (a + b + c + d) / (lengths[row] as number);
  }
}

function fillCosines(
  { rowArticle }: Sense,
  { cosines, nearness: { cosine } }: Scratch,
  without: readonly number[] | null,
): void {
  cosine.fill(0);
  for (let row = 0; row < cosines.length; row++) {
    const value = cosines[row] as number;
    const article = rowArticle[row] as number;
    if (value > (cosine[article] as number) && !(without?.includes(row) ?? false)) cosine[article] = value;
  }
}

function scoreByCosine({ score, cosine }: Nearness): void {
  for (let article = 0; article < score.length; article++) {
    score[article] = Math.max(0, ((cosine[article] as number) - UNRELATED) / (1 - UNRELATED));
  }
}

function scoreByWeights(weights: Float32Array, { cosines, nearness }: Scratch): void {
  const { score } = nearness;
  score.fill(0);
  for (let row = 0, from = 0; row < cosines.length; row++, from += score.length) {
    const kernel = kernelOf(cosines[row] as number);
    for (let article = 0; article < score.length; article++) {
      score[article] = (score[article] as number) + kernel * (weights[from + article] as number);
    }
  }
  for (let article = 0; article < score.length; article++) {
    score[article] = Math.max(0, score[article] as number);
  }
}
