import type { Article, KnowledgeIndex } from '@/lib/domain/judgement';
import { features } from './confidence/features';
import { probability } from './confidence/logistic';
import { cosine, type Vector } from './embed/vector';
import type { Learnt } from './learn';
import type { Corpus } from './retrieve/corpus';
import { readQuery } from './retrieve/query';
import { type Ranking, rank } from './retrieve/rank';
import { nearness } from './retrieve/sense';
import { sentences } from './text/sentences';
import { contentStems, type WordRules } from './text/stems';

const REMEMBERED = 200;

/** What a question finds: the ranking, and the probability that its first article is the right one. */
export interface Finding {
  question: string;
  ranking: Ranking;
  /** Null where there are no articles to compare with. */
  confidence: number | null;
}

/** A knowledge base made ready for questions. */
export interface Knowledge {
  index: KnowledgeIndex;
  corpus: Corpus;
  /** Names of things with a number, as they stand in the articles: "Ridgeline 2". */
  names: readonly string[];
  /** Whether any article uses the word. */
  speaksOf(word: string): boolean;
  ask(question: string): Finding;
  /** How alike in meaning two questions are, -1..1; null where the vector of one is not known. */
  alike(a: string, b: string): number | null;
  article(place: number): Article | null;
}

/** A knowledge base that can be asked once the vectors of the questions are there, or by words alone. */
export interface Library {
  index: KnowledgeIndex;
  goesByMeaning: boolean;
  article(id: string): Article | null;
  /** The knowledge base for questions whose vectors are given; one without is asked by words alone. */
  withVectors(vectors: ReadonlyMap<string, Vector>): Knowledge;
}

export function openLibrary(learnt: Learnt, words: WordRules): Library {
  const { corpus } = learnt;
  const found = new Map<string, Finding>();
  const constant = {
    index: { version: fingerprint(corpus.articles), articleCount: corpus.articles.length },
    corpus,
    names: namesIn(corpus.articles),
    speaksOf: (word: string) => contentStems(word, words).some((stem) => corpus.terms.has(stem)),
    article: (place: number) => corpus.articles[place] ?? null,
  };
  return {
    index: constant.index,
    goesByMeaning: learnt.byMeaning !== null,
    article: (id) => corpus.articles.find((article) => article.id === id) ?? null,
    withVectors: (vectors) => ({
      ...constant,
      alike: (a, b) => {
        const [first, second] = [vectors.get(a), vectors.get(b)];
        return first === undefined || second === undefined ? null : cosine(first, second);
      },
      ask: (question) => {
        const vector = learnt.byMeaning === null ? null : (vectors.get(question) ?? null);
        const key = `${vector === null ? 'words' : 'hybrid'} ${question}`;
        const held = found.get(key);
        if (held !== undefined) return held;
        if (found.size >= REMEMBERED) found.clear();
        const made = noSurerThanParts(lookWith(vectors, question, learnt), vectors, learnt);
        found.set(key, made);
        return made;
      },
    }),
  };
}

const LONG = 20;
const MOST_PARTS = 8;
const FEWEST_WORDS = 3;

/** Questions with all whose vectors asking them takes. */
export function withParts(questions: readonly string[]): string[] {
  return questions.flatMap((question) => [question, ...partsOf(question)]);
}

/** The sentences of a long message, each to be asked for itself as well; none of a short one. */
function partsOf(question: string): string[] {
  if (question.split(/\s+/).length <= LONG) return [];
  const parts = question
    .split('\n')
    .flatMap(sentences)
    .filter((sentence) => sentence.split(/\s+/).length >= FEWEST_WORDS);
  return parts.length > 1 ? parts.slice(0, MOST_PARTS) : [];
}

/** In a long message there is a word for everything: it is answered where one of its sentences would be. */
function noSurerThanParts(whole: Finding, vectors: ReadonlyMap<string, Vector>, learnt: Learnt): Finding {
  const parts = partsOf(whole.question).map((part) => lookWith(vectors, part, learnt).confidence ?? 0);
  if (whole.confidence === null || parts.length === 0) return whole;
  return { ...whole, confidence: Math.min(whole.confidence, Math.max(...parts)) };
}

function lookWith(vectors: ReadonlyMap<string, Vector>, question: string, learnt: Learnt): Finding {
  return look(question, learnt.byMeaning === null ? null : (vectors.get(question) ?? null), learnt);
}

function look(question: string, vector: Vector | null, { corpus, byWords, byMeaning }: Learnt): Finding {
  const query = readQuery(question, corpus);
  const isByMeaning = byMeaning !== null && vector !== null;
  const near = isByMeaning ? nearness(byMeaning.sense, vector) : null;
  const ranking = rank(corpus, query, null, near);
  if (corpus.articles.length === 0) return { question, ranking, confidence: null };
  const model = isByMeaning ? byMeaning.model : byWords;
  const confidence =
    ranking.candidates.length === 0
      ? 0
      : probability(model, features(ranking, isByMeaning ? 'hybrid' : 'words'));
  return { question, ranking, confidence: Math.round(confidence * 1000) / 1000 };
}

const NAMED = /(?<![\p{L}\p{N}])\p{Lu}\p{Ll}{2,}\s[−–-]?\d{1,3}(?![\p{L}\p{N}])/gu;

/** A name counts where two articles use it, so that "March 12" in one of them is no product. */
function namesIn(articles: readonly Article[]): string[] {
  const uses = new Map<string, number>();
  for (const { title, body, examples } of articles) {
    for (const name of new Set([title, body, ...examples].join('\n').match(NAMED) ?? [])) {
      uses.set(name, (uses.get(name) ?? 0) + 1);
    }
  }
  return [...uses].filter(([, count]) => count > 1).map(([name]) => name);
}

/** Two rolling hashes (FNV-1a and its twin) over all that the articles say: equal text, equal version. */
function fingerprint(articles: readonly Article[]): string {
  let a = 0x811c9dc5;
  let b = 0x01000193;
  for (const { id, title, body, category, examples, updatedAt } of articles) {
    const text = [id, title, category, body, ...examples, String(updatedAt)].join('\u0000');
    for (let k = 0; k < text.length; k++) {
      const code = text.charCodeAt(k);
      a = Math.imul(a ^ code, 0x01000193);
      b = Math.imul(b ^ code, 0x85ebca6b) + k;
    }
  }
  return [a, b].map((half) => (half >>> 0).toString(16).padStart(8, '0')).join('');
}
