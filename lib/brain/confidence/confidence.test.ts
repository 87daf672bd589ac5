import { describe, expect, it } from 'vitest';
import { ARTICLES } from '@/db/seed/larkfell/articles';
import type { Article } from '@/lib/domain/judgement';
import { buildCorpus } from '../retrieve/corpus';
import { BOOK } from '../test-dialogue';
import { calibrate, selfTests, unanswerableShare } from './calibrate';
import { FEATURES } from './features';
import { type LogisticModel, probability, type Sample, train } from './logistic';
import { SHIPPED_MODELS } from './shipped-models';

const articles: Article[] = ARTICLES.map((article) => ({
  ...article,
  examples: [...article.examples],
  updatedAt: 0,
}));
const flat: LogisticModel = { weights: [0, 0], means: [0], scales: [1] };

describe('train', () => {
  const samples: Sample[] = [-2, -1, 0, 1, 2, 3].map((value) => ({
    features: [value],
    isRight: value > 0,
    weight: 1,
  }));

  it('gives the right side the higher probability', () => {
    const model = train(samples, flat, 0.1);
    expect(probability(model, [3])).toBeGreaterThan(0.9);
    expect(probability(model, [-2])).toBeLessThan(0.1);
  });

  it('meets the share of right ones on average, where nothing pulls', () => {
    const mixed = samples.map((sample, index) => ({ ...sample, isRight: index % 2 === 0 }));
    const model = train(mixed, flat, 1e-6);
    const mean = mixed.reduce((sum, { features }) => sum + probability(model, features), 0) / mixed.length;
    expect(mean).toBeCloseTo(0.5, 4);
  });

  it('stays at the prior without samples', () => {
    expect(train([], SHIPPED_MODELS.words, 8).weights).toEqual(SHIPPED_MODELS.words.weights);
  });
});

describe('calibrate', () => {
  it('ships a weight for each feature and one for the bias', () => {
    for (const kind of ['words', 'hybrid'] as const) {
      expect(SHIPPED_MODELS[kind].weights).toHaveLength(FEATURES[kind].length + 1);
      expect(SHIPPED_MODELS[kind].means).toHaveLength(FEATURES[kind].length);
      expect(SHIPPED_MODELS[kind].scales).toHaveLength(FEATURES[kind].length);
    }
  });

  it('keeps the shipped weights for a base of fewer than 20 taught articles', () => {
    expect(calibrate(buildCorpus(articles.slice(0, 19), BOOK.words), null)).toBe(SHIPPED_MODELS.words);
    const untaught = articles.map((article) => ({ ...article, examples: article.examples.slice(0, 2) }));
    expect(calibrate(buildCorpus(untaught, BOOK.words), null)).toBe(SHIPPED_MODELS.words);
  });

  it('learns from 20 taught articles on, the same each time', () => {
    const learnt = calibrate(buildCorpus(articles, BOOK.words), null);
    expect(learnt.weights).not.toEqual(SHIPPED_MODELS.words.weights);
    expect(calibrate(buildCorpus([...articles].reverse(), BOOK.words), null)).toEqual(learnt);
  });

  it('tests each question once with its article and once without, so that as many are unanswerable as supposed', () => {
    const samples = selfTests(buildCorpus(articles, BOOK.words), null);
    const total = samples.reduce((sum, { weight }) => sum + weight, 0);
    const unanswerable = samples.filter((_, index) => index % 2 === 1);
    expect(unanswerable.every(({ isRight }) => !isRight)).toBe(true);
    expect(unanswerable.reduce((sum, { weight }) => sum + weight, 0) / total).toBeCloseTo(
      unanswerableShare(articles.length),
      6,
    );
    expect(samples.some(({ isRight }) => isRight)).toBe(true);
  });

  it('is a calibrated probability on its own self-tests', () => {
    const corpus = buildCorpus(articles, BOOK.words);
    const model = calibrate(corpus, null);
    const samples = selfTests(corpus, null);
    const total = samples.reduce((sum, { weight }) => sum + weight, 0);
    let error = 0;
    for (let bin = 0; bin < 5; bin++) {
      const own = samples.filter(
        ({ features }) => Math.min(4, Math.floor(probability(model, features) * 5)) === bin,
      );
      const said = own.reduce((sum, { features, weight }) => sum + weight * probability(model, features), 0);
      const was = own.reduce((sum, { isRight, weight }) => sum + (isRight ? weight : 0), 0);
      error += Math.abs(said - was) / total;
    }
    expect(error).toBeLessThan(0.1);
  });
});
