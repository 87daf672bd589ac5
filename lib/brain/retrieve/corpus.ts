import type { Article } from '@/lib/domain/judgement';
import { paragraphs } from '../text/sentences';
import { stems, type WordRules } from '../text/stems';
import { at, type Postings, PostingsBuilder } from './postings';

const EXAMPLE = 0;
export const TITLE = 1;
export const BODY = 2;
const KINDS = [EXAMPLE, TITLE, BODY];

/**
 * The articles as an inverted index. Each example question, each title and each paragraph is a document of its own;
 * beside them stands one bag of words an article. Articles are in the order of their ids, whatever order they came in.
 */
export interface Corpus {
  articles: readonly Article[];
  terms: ReadonlyMap<string, number>;
  documents: Postings;
  bags: Postings;
  documentArticle: Int32Array;
  documentKind: Uint8Array;
  documentLength: Uint16Array;
  /** Documents of article `a` are those from `firstDocument[a]` up to `firstDocument[a + 1]`. */
  firstDocument: Int32Array;
  exampleCount: Uint16Array;
  bagLength: Uint16Array;
  averageLength: readonly number[];
  averageBag: number;
  words: WordRules;
}

export function buildCorpus(rows: readonly Article[], words: WordRules): Corpus {
  const articles = [...rows].sort((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0));
  const terms = new Map<string, number>();
  const documents = new PostingsBuilder();
  const bags = new PostingsBuilder();
  const documentArticle: number[] = [];
  const documentKind: number[] = [];
  const documentLength: number[] = [];
  const firstDocument = new Int32Array(articles.length + 1);
  const exampleCount = new Uint16Array(articles.length);
  const bagLength = new Uint16Array(articles.length);

  articles.forEach((article, index) => {
    firstDocument[index] = documentArticle.length;
    const bag = new Map<number, number>();
    for (const part of partsOf(article)) {
      const counts = countTerms(stems(part.text, words), terms);
      const length = sum(counts.values());
      if (length === 0) continue;
      documents.add(documentArticle.length, counts);
      documentArticle.push(index);
      documentKind.push(part.kind);
      documentLength.push(length);
      if (part.kind === EXAMPLE) exampleCount[index] = at(exampleCount, index) + 1;
      pour(counts, bag, part.kind === BODY);
    }
    bags.add(index, bag);
    bagLength[index] = sum(bag.values());
  });
  firstDocument[articles.length] = documentArticle.length;

  return {
    articles,
    terms,
    documents: documents.build(terms.size),
    bags: bags.build(terms.size),
    documentArticle: Int32Array.from(documentArticle),
    documentKind: Uint8Array.from(documentKind),
    documentLength: Uint16Array.from(documentLength),
    firstDocument,
    exampleCount,
    bagLength,
    averageLength: KINDS.map((kind) =>
      averageOf(documentLength.filter((_, row) => documentKind[row] === kind)),
    ),
    averageBag: averageOf([...bagLength]),
    words,
  };
}

function partsOf(article: Article): { kind: number; text: string }[] {
  return [
    ...article.examples.map((text) => ({ kind: EXAMPLE, text })),
    { kind: TITLE, text: article.title },
    ...paragraphs(article.body).map((text) => ({ kind: BODY, text })),
  ];
}

function countTerms(words: readonly string[], terms: Map<string, number>): Map<number, number> {
  const counts = new Map<number, number>();
  for (const word of words) {
    let term = terms.get(word);
    if (term === undefined) {
      term = terms.size;
      terms.set(word, term);
    }
    counts.set(term, (counts.get(term) ?? 0) + 1);
  }
  return counts;
}

/** Body words enter the bag once: an article that dwells on a word is no likelier to be asked about it. */
function pour(counts: ReadonlyMap<number, number>, bag: Map<number, number>, once: boolean): void {
  for (const [term, count] of counts) {
    const held = bag.get(term) ?? 0;
    bag.set(term, once ? Math.max(held, 1) : held + count);
  }
}

function sum(values: Iterable<number>): number {
  let total = 0;
  for (const value of values) total += value;
  return total;
}

function averageOf(values: readonly number[]): number {
  return values.length === 0 ? 1 : Math.max(1, sum(values) / values.length);
}
