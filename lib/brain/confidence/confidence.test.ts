import { describe, expect, it } from 'vitest';
import { ARTICLES } from '@/db/seed/larkfell/articles';
import type { Article } from '@/lib/domain/judgement';
import { buildCorpus } from '../retrieve/corpus';
import { BOOK } from '../test-dialogue';
import { calibrate, selfTests } from './calibrate';
import { FEATURES } from './features';
import { type LogisticModel, probability, type Sample, train } from './logistic';
import { SHIPPED_MODEL } from './shipped-model';

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
    expect(train([], SHIPPED_MODEL, 8).weights).toEqual(SHIPPED_MODEL.weights);
  });
});

describe('calibrate', () => {
  it('ships a weight for each feature and one for the bias', () => {
    expect(SHIPPED_MODEL.weights).toHaveLength(FEATURES.length + 1);
    expect(SHIPPED_MODEL.means).toHaveLength(FEATURES.length);
    expect(SHIPPED_MODEL.scales).toHaveLength(FEATURES.length);
  });

  it('keeps the shipped weights for a base of fewer than 20 taught articles', () => {
    expect(calibrate(buildCorpus(articles.slice(0, 19), BOOK.words))).toBe(SHIPPED_MODEL);
    const untaught = articles.map((article) => ({ ...article, examples: article.examples.slice(0, 2) }));
    expect(calibrate(buildCorpus(untaught, BOOK.words))).toBe(SHIPPED_MODEL);
  });

  it('learns from 20 taught articles on, the same each time', () => {
    const learnt = calibrate(buildCorpus(articles, BOOK.words));
    expect(learnt.weights).not.toEqual(SHIPPED_MODEL.weights);
    expect(calibrate(buildCorpus([...articles].reverse(), BOOK.words))).toEqual(learnt);
  });

  it('tests each question once with its article and once without, 30 % unanswerable by weight', () => {
    const samples = selfTests(buildCorpus(articles, BOOK.words));
    const total = samples.reduce((sum, { weight }) => sum + weight, 0);
    const unanswerable = samples.filter((_, index) => index % 2 === 1);
    expect(unanswerable.every(({ isRight }) => !isRight)).toBe(true);
    expect(unanswerable.reduce((sum, { weight }) => sum + weight, 0) / total).toBeCloseTo(0.3, 6);
    expect(samples.some(({ isRight }) => isRight)).toBe(true);
  });

  it('is a calibrated probability on its own self-tests', () => {
    const corpus = buildCorpus(articles, BOOK.words);
    const model = calibrate(corpus);
    const samples = selfTests(corpus);
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
