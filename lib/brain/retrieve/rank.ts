import { BODY, type Corpus, TITLE } from './corpus';
import { at, countIn } from './postings';
import { documentsWith, type QueryTerm, spreadOf } from './query';
import type { Nearness } from './sense';

const SATURATION = 1.2;
const LENGTH_SHARE = 0.75;
const BAG_SATURATION = 3;
const BAG_LENGTH_SHARE = 0.2;
const BODY_WEIGHT = 0.7;
const BAG_SHARE = 0.3;
const MEAN_SHARE = 0.2;
const KEPT = 10;
const LARGE = 500;
const COMMON_SHARE = 0.2;
const LIGHT_SHARE = 0.6;
/** What the words count beside the meaning: less where that was learnt than where it is the nearest row alone. */
const WORDS_SHARE = 0.35;
const TINY = 1e-9;

/** How well one article meets a question. All scores are shares of what the question could reach at best. */
export interface Candidate {
  article: number;
  score: number;
  /** The score by words alone, and by meaning; the second is null where there are no vectors. */
  words: number;
  meaning: number | null;
  cosine: number;
  example: number;
  title: number;
  body: number;
  bag: number;
  /** IDF-weighted share of the question's words that the article holds. */
  coverage: number;
  /** Overlap of the question with the best single example or title, 0..1. */
  likeness: number;
  bestDocument: number | null;
}

export interface Ranking {
  candidates: Candidate[];
  termCount: number;
  /** IDF-weighted share of the question's words that no article holds. */
  unknown: number;
}

/** What is taken out before ranking, so that an article can be tested on a question it has not seen. */
export interface HeldOut {
  article: number;
  /** One example of the article, or null for all of it. */
  document: number | null;
}

interface Weighted extends QueryTerm {
  idf: number;
}

/**
 * Ranks articles by BM25 (Robertson and Walker, 1994) over their documents: mostly the best document, then the bag of
 * all words and the mean of the three best examples. Cost follows the postings of the question's words. Where the
 * meaning is known too, the two are blended.
 */
export function rank(
  corpus: Corpus,
  query: readonly QueryTerm[],
  heldOut: HeldOut | null = null,
  near: Nearness | null = null,
): Ranking {
  const weighted = weigh(corpus, query, heldOut);
  const ideal = total(weighted, (term) => term.idf);
  if (ideal === 0 && near === null)
    return { candidates: [], termCount: query.length, unknown: query.length === 0 ? 0 : 1 };
  const scratch = scratchFor(corpus);
  if (ideal > 0) {
    scoreDocuments(corpus, weighted, heldOut, scratch);
    scoreBags(corpus, weighted, heldOut, scratch);
  }
  if (near !== null) for (const article of nearest(near)) touch(scratch, article);
  const candidates = collect(corpus, ideal, scratch, near)
    .map((candidate) => detail(corpus, weighted, ideal, heldOut, candidate))
    .sort((a, b) => b.score - a.score || a.article - b.article);
  const unknown = total(weighted, (term) => (term.term === null ? term.idf : term.idf * (1 - term.weight)));
  return {
    candidates,
    termCount: query.length,
    unknown: ideal > 0 ? unknown / ideal : query.length === 0 ? 0 : 1,
  };
}

/** The articles nearest by meaning; those may share no word with the question. */
function nearest({ score }: Nearness): number[] {
  const kept: number[] = [];
  for (let article = 0; article < score.length; article++) {
    const own = at(score, article);
    if (own <= 0 || (kept.length === KEPT && own <= at(score, kept[KEPT - 1] ?? 0))) continue;
    let slot = kept.length;
    while (slot > 0 && at(score, kept[slot - 1] ?? 0) < own) slot--;
    kept.splice(slot, 0, article);
    if (kept.length > KEPT) kept.pop();
  }
  return kept;
}

function weigh(corpus: Corpus, query: readonly QueryTerm[], heldOut: HeldOut | null): Weighted[] {
  const articleCount = corpus.articles.length - (heldOut !== null && heldOut.document === null ? 1 : 0);
  return query.map((entry) => {
    const lost = entry.term !== null && heldOut !== null && isLost(corpus, entry.term, heldOut) ? 1 : 0;
    const spread = entry.term === null ? 0 : spreadOf(corpus, entry.term) - lost;
    const idf = Math.log(1 + (articleCount - spread + 0.5) / (spread + 0.5));
    const share = corpus.words.lightWords.has(entry.word) ? LIGHT_SHARE : 1;
    if (isCommon(spread, articleCount)) return { ...entry, idf: 0 };
    return { ...entry, term: spread === 0 ? null : entry.term, idf: share * idf };
  });
}

/** In a large base, a word of every fifth article tells none of them apart; reading its postings costs the most. */
function isCommon(spread: number, articleCount: number): boolean {
  return articleCount >= LARGE && spread > COMMON_SHARE * articleCount;
}

/** Whether the held-out article no longer holds the term at all. */
function isLost(corpus: Corpus, term: number, heldOut: HeldOut): boolean {
  const holders = documentsWith(corpus, term, heldOut.article);
  return holders.length > 0 && holders.every((document) => isHeldOut(heldOut, document));
}

function isHeldOut(heldOut: HeldOut, document: number): boolean {
  return heldOut.document === null || heldOut.document === document;
}

interface Scratch {
  document: Float64Array;
  touchedDocuments: number[];
  bag: Float64Array;
  first: Float64Array;
  second: Float64Array;
  third: Float64Array;
  title: Float64Array;
  body: Float64Array;
  best: Int32Array;
  isTouched: Uint8Array;
  touchedArticles: number[];
}

const scratches = new WeakMap<Corpus, Scratch>();

function scratchFor(corpus: Corpus): Scratch {
  const held = scratches.get(corpus);
  if (held !== undefined) return held;
  const articles = corpus.articles.length;
  const made: Scratch = {
    document: new Float64Array(corpus.documentArticle.length),
    touchedDocuments: [],
    bag: new Float64Array(articles),
    first: new Float64Array(articles),
    second: new Float64Array(articles),
    third: new Float64Array(articles),
    title: new Float64Array(articles),
    body: new Float64Array(articles),
    best: new Int32Array(articles).fill(-1),
    isTouched: new Uint8Array(articles),
    touchedArticles: [],
  };
  scratches.set(corpus, made);
  return made;
}

function scoreDocuments(
  corpus: Corpus,
  terms: readonly Weighted[],
  heldOut: HeldOut | null,
  scratch: Scratch,
): void {
  const { documents, documentKind, documentLength, documentArticle, averageLength } = corpus;
  const norms = averageLength.map((average) => (SATURATION * LENGTH_SHARE) / average);
  const flat = SATURATION * (1 - LENGTH_SHARE);
  for (const { term, idf, weight } of terms) {
    if (term === null || idf === 0) continue;
    const gain = idf * weight * (SATURATION + 1);
    for (let row = at(documents.starts, term), end = at(documents.starts, term + 1); row < end; row++) {
      const document = at(documents.documents, row);
      if (
        heldOut !== null &&
        at(documentArticle, document) === heldOut.article &&
        isHeldOut(heldOut, document)
      ) {
        continue;
      }
      const count = at(documents.counts, row);
      const norm = flat + at(norms, at(documentKind, document)) * at(documentLength, document);
      const before = at(scratch.document, document);
      if (before === 0) scratch.touchedDocuments.push(document);
      scratch.document[document] = before + (gain * count) / (count + norm);
    }
  }
}

function scoreBags(
  corpus: Corpus,
  terms: readonly Weighted[],
  heldOut: HeldOut | null,
  scratch: Scratch,
): void {
  const { bags, bagLength, averageBag } = corpus;
  for (const { term, idf, weight } of terms) {
    if (term === null || idf === 0) continue;
    const gain = idf * weight * (BAG_SATURATION + 1);
    for (let row = at(bags.starts, term), end = at(bags.starts, term + 1); row < end; row++) {
      const article = at(bags.documents, row);
      let count = at(bags.counts, row);
      if (heldOut !== null && article === heldOut.article) {
        if (heldOut.document === null) continue;
        count -= countIn(corpus.documents, term, heldOut.document);
        if (count <= 0) continue;
      }
      const norm =
        BAG_SATURATION * (1 - BAG_LENGTH_SHARE + (BAG_LENGTH_SHARE * at(bagLength, article)) / averageBag);
      touch(scratch, article);
      scratch.bag[article] = at(scratch.bag, article) + (gain * count) / (count + norm);
    }
  }
}

function touch(scratch: Scratch, article: number): void {
  if (at(scratch.isTouched, article) === 1) return;
  scratch.isTouched[article] = 1;
  scratch.touchedArticles.push(article);
}

/** The best articles so far, and the scratch wiped for the next question. */
function collect(corpus: Corpus, ideal: number, scratch: Scratch, near: Nearness | null): Candidate[] {
  for (const document of scratch.touchedDocuments) {
    place(corpus, scratch, document, at(scratch.document, document) / ideal);
    scratch.document[document] = 0;
  }
  const kept: Candidate[] = [];
  for (const article of scratch.touchedArticles) {
    keep(kept, blend(candidateOf(corpus, scratch, article, Math.max(ideal, TINY)), near));
    for (const column of [
      scratch.bag,
      scratch.first,
      scratch.second,
      scratch.third,
      scratch.title,
      scratch.body,
    ]) {
      column[article] = 0;
    }
    scratch.best[article] = -1;
    scratch.isTouched[article] = 0;
  }
  scratch.touchedDocuments.length = 0;
  scratch.touchedArticles.length = 0;
  return kept;
}

function place(corpus: Corpus, scratch: Scratch, document: number, score: number): void {
  const article = at(corpus.documentArticle, document);
  const kind = at(corpus.documentKind, document);
  touch(scratch, article);
  if (kind === BODY) {
    scratch.body[article] = Math.max(at(scratch.body, article), score);
    return;
  }
  if (score > Math.max(at(scratch.first, article), at(scratch.title, article)))
    scratch.best[article] = document;
  if (kind === TITLE) {
    scratch.title[article] = Math.max(at(scratch.title, article), score);
  } else if (score > at(scratch.first, article)) {
    scratch.third[article] = at(scratch.second, article);
    scratch.second[article] = at(scratch.first, article);
    scratch.first[article] = score;
  } else if (score > at(scratch.second, article)) {
    scratch.third[article] = at(scratch.second, article);
    scratch.second[article] = score;
  } else if (score > at(scratch.third, article)) {
    scratch.third[article] = score;
  }
}

function candidateOf(corpus: Corpus, scratch: Scratch, article: number, ideal: number): Candidate {
  const example = at(scratch.first, article);
  const title = at(scratch.title, article);
  const body = at(scratch.body, article);
  const bag = at(scratch.bag, article) / ideal;
  const best = Math.max(example, title, BODY_WEIGHT * body);
  const examples = Math.min(3, at(corpus.exampleCount, article));
  const mean =
    examples === 0 ? best : (example + at(scratch.second, article) + at(scratch.third, article)) / examples;
  const bestDocument = at(scratch.best, article);
  const score = (1 - BAG_SHARE - MEAN_SHARE) * best + BAG_SHARE * bag + MEAN_SHARE * mean;
  return {
    article,
    score,
    words: score,
    meaning: null,
    cosine: 0,
    example,
    title,
    body,
    bag,
    coverage: 0,
    likeness: 0,
    bestDocument: bestDocument < 0 ? null : bestDocument,
  };
}

function blend(candidate: Candidate, near: Nearness | null): Candidate {
  if (near === null) return candidate;
  const meaning = at(near.score, candidate.article);
  return {
    ...candidate,
    score: WORDS_SHARE * candidate.words + (1 - WORDS_SHARE) * meaning,
    meaning,
    cosine: at(near.cosine, candidate.article),
  };
}

function keep(kept: Candidate[], candidate: Candidate): void {
  let slot = kept.length;
  while (slot > 0 && isBefore(candidate, kept[slot - 1])) slot--;
  if (slot >= KEPT) return;
  kept.splice(slot, 0, candidate);
  if (kept.length > KEPT) kept.pop();
}

function isBefore(a: Candidate, b: Candidate | undefined): boolean {
  return b !== undefined && (a.score > b.score || (a.score === b.score && a.article < b.article));
}

function detail(
  corpus: Corpus,
  terms: readonly Weighted[],
  ideal: number,
  heldOut: HeldOut | null,
  candidate: Candidate,
): Candidate {
  const document = candidate.bestDocument;
  let covered = 0;
  let shared = 0;
  for (const { term, idf, weight } of terms) {
    if (term === null) continue;
    const isOwn = heldOut !== null && heldOut.article === candidate.article;
    const isCovered = countIn(corpus.bags, term, candidate.article) > 0;
    if (isCovered && !(isOwn && isLost(corpus, term, heldOut))) covered += idf * weight;
    if (document !== null && countIn(corpus.documents, term, document) > 0) shared += weight;
  }
  const length = document === null ? 0 : at(corpus.documentLength, document);
  return {
    ...candidate,
    coverage: ideal === 0 ? 0 : covered / ideal,
    likeness: length === 0 ? 0 : (2 * shared) / (terms.length + length),
  };
}

function total<T>(rows: readonly T[], value: (row: T) => number): number {
  let result = 0;
  for (const row of rows) result += value(row);
  return result;
}
