import { isOneEditApart } from '../text/edit-distance';
import { stems } from '../text/stems';
import type { Corpus } from './corpus';
import { at } from './postings';

const MOST_TERMS = 48;
const LONGEST_QUESTION = 4000;
const SHORTEST_FOLDED = 5;
const FOLDED_WEIGHT = 0.8;

/** One distinct word of a question; `term` is null where no article knows it. */
export interface QueryTerm {
  word: string;
  term: number | null;
  weight: number;
}

const vocabularies = new WeakMap<Corpus, Map<string, string[]>>();

/** A question as the terms of the corpus; an unknown word one typing slip away from a known one counts as that one. */
export function readQuery(text: string, corpus: Corpus): QueryTerm[] {
  const found = new Map<string, QueryTerm>();
  for (const word of stems(text.slice(0, LONGEST_QUESTION), corpus.words)) {
    if (found.size >= MOST_TERMS) break;
    const known = corpus.terms.get(word);
    const folded = known === undefined ? nearest(word, corpus) : null;
    const entry =
      known !== undefined
        ? { word, term: known, weight: 1 }
        : folded !== null
          ? { word: folded.word, term: folded.term, weight: FOLDED_WEIGHT }
          : { word, term: null, weight: 1 };
    const held = found.get(entry.word);
    if (held === undefined || held.weight < entry.weight) found.set(entry.word, entry);
  }
  return [...found.values()];
}

function nearest(word: string, corpus: Corpus): { word: string; term: number } | null {
  if (word.length < SHORTEST_FOLDED || /\d/.test(word)) return null;
  let best: { word: string; term: number; spread: number } | null = null;
  for (let length = word.length - 1; length <= word.length + 1; length++) {
    for (const candidate of vocabularyOf(corpus).get(bucket(word, length)) ?? []) {
      if (!isOneEditApart(word, candidate)) continue;
      const term = corpus.terms.get(candidate);
      if (term === undefined) continue;
      const spread = spreadOf(corpus, term);
      if (best === null || spread > best.spread) best = { word: candidate, term, spread };
    }
  }
  return best;
}

function vocabularyOf(corpus: Corpus): Map<string, string[]> {
  const held = vocabularies.get(corpus);
  if (held !== undefined) return held;
  const made = new Map<string, string[]>();
  for (const word of corpus.terms.keys()) {
    if (word.length < SHORTEST_FOLDED - 1) continue;
    const key = bucket(word, word.length);
    const list = made.get(key);
    if (list === undefined) made.set(key, [word]);
    else list.push(word);
  }
  vocabularies.set(corpus, made);
  return made;
}

function bucket(word: string, length: number): string {
  return `${word.charAt(0)}${length}`;
}

/** In how many articles a term stands. */
export function spreadOf(corpus: Corpus, term: number): number {
  return at(corpus.bags.starts, term + 1) - at(corpus.bags.starts, term);
}

/** The documents of one article that hold a term. */
export function documentsWith(corpus: Corpus, term: number, article: number): number[] {
  const from = at(corpus.firstDocument, article);
  const to = at(corpus.firstDocument, article + 1);
  const found: number[] = [];
  const end = at(corpus.documents.starts, term + 1);
  let low = at(corpus.documents.starts, term);
  let high = end;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (at(corpus.documents.documents, middle) < from) low = middle + 1;
    else high = middle;
  }
  for (let row = low; row < end; row++) {
    const document = at(corpus.documents.documents, row);
    if (document >= to) break;
    found.push(document);
  }
  return found;
}
