import { describe, expect, it } from 'vitest';
import { ARTICLES } from '@/db/seed/larkfell/articles';
import type { Article } from '@/lib/domain/judgement';
import { BOOK } from '../test-dialogue';
import { buildCorpus, type Corpus } from './corpus';
import { readQuery } from './query';
import { rank } from './rank';

const articles: Article[] = ARTICLES.map((article) => ({
  ...article,
  examples: [...article.examples],
  updatedAt: 0,
}));
const corpus = buildCorpus(articles, BOOK.words);

function best(question: string, from: Corpus = corpus): string | undefined {
  const [first] = rank(from, readQuery(question, from)).candidates;
  return first === undefined ? undefined : from.articles[first.article]?.id;
}

describe('rank', () => {
  it('finds the article by example, by title and by body', () => {
    expect(best('I forgot my password')).toBe('resetting-your-password');
    expect(best('invoices receipts')).toBe('invoices-and-receipts');
    expect(best('tumble it on low heat with tennis balls')).toBe('washing-down');
  });

  it('forgives a slip of the finger in a word it knows', () => {
    expect(best('forgot my passwrod')).toBe('resetting-your-password');
  });

  it('scores an example against itself with one, and everything within 0 and 1', () => {
    for (const { examples } of articles) {
      for (const example of examples) {
        for (const candidate of rank(corpus, readQuery(example, corpus)).candidates) {
          expect(candidate.score).toBeGreaterThan(0);
          expect(candidate.coverage).toBeLessThanOrEqual(1 + 1e-9);
          expect(candidate.likeness).toBeLessThanOrEqual(1 + 1e-9);
        }
      }
    }
  });

  it('leaves nothing behind for the next question', () => {
    const first = rank(corpus, readQuery('where is my order', corpus));
    rank(corpus, readQuery('tent mould zip sleeping bag refund', corpus), { article: 3, document: null });
    expect(rank(corpus, readQuery('where is my order', corpus))).toEqual(first);
  });

  it('names a question of which no article holds a word as wholly unknown', () => {
    const found = rank(corpus, readQuery('zeppelin quorum', corpus));
    expect(found.candidates).toEqual([]);
    expect(found.unknown).toBe(1);
  });

  it('holds an article out as if it had never been there', () => {
    const gone = articles.findIndex(({ id }) => id === 'resetting-your-password');
    const place = corpus.articles.findIndex(({ id }) => id === 'resetting-your-password');
    const without = buildCorpus(
      articles.filter((_, index) => index !== gone),
      BOOK.words,
    );
    for (const question of ['I forgot my password', 'my account is locked', 'where is my order']) {
      const heldOut = rank(corpus, readQuery(question, corpus), { article: place, document: null });
      const rebuilt = rank(without, readQuery(question, without));
      expect(heldOut.unknown).toBeCloseTo(rebuilt.unknown, 6);
      expect(heldOut.candidates.map(({ article }) => corpus.articles[article]?.id)).not.toContain(
        'resetting-your-password',
      );
      const [a, b] = [heldOut.candidates[0], rebuilt.candidates[0]];
      expect(a === undefined ? null : corpus.articles[a.article]?.id).toBe(
        b === undefined ? null : without.articles[b.article]?.id,
      );
      expect(a?.coverage ?? 0).toBeCloseTo(b?.coverage ?? 0, 6);
    }
  });

  it('does not mind the order in which the articles came', () => {
    const reversed = buildCorpus([...articles].reverse(), BOOK.words);
    for (const question of ['can I return a tent', 'how heavy is it', 'gift']) {
      expect(rank(reversed, readQuery(question, reversed))).toEqual(
        rank(corpus, readQuery(question, corpus)),
      );
    }
  });

  it('answers an empty base with nothing', () => {
    const empty = buildCorpus([], BOOK.words);
    expect(rank(empty, readQuery('where is my order', empty)).candidates).toEqual([]);
  });

  it('works for articles without examples', () => {
    const bare = buildCorpus(
      articles.map((article) => ({ ...article, examples: [] })),
      BOOK.words,
    );
    expect(best('how do I wash a down sleeping bag', bare)).toBe('washing-down');
  });
});
