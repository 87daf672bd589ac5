import type { Article } from '@/lib/domain/judgement';
import { calibrate } from './confidence/calibrate';
import type { LogisticModel } from './confidence/logistic';
import type { Vector } from './embed/vector';
import { buildCorpus, type Corpus } from './retrieve/corpus';
import { buildSense, type Sense } from './retrieve/sense';
import type { WordRules } from './text/stems';

/** All that is learnt from the articles, as plain data that a thread can hand to another. */
export interface Learnt {
  corpus: Corpus;
  /** Turns a ranking by words into a confidence. */
  byWords: LogisticModel;
  /** The meaning of the articles, and what turns a ranking by both into a confidence. */
  byMeaning: { sense: Sense; model: LogisticModel } | null;
}

/** Learns from the articles: the same articles in any order give the same. Takes seconds for a thousand examples. */
export function learn(
  articles: readonly Article[],
  words: WordRules,
  vectorOf: ((text: string) => Vector | undefined) | null,
): Learnt {
  const corpus = buildCorpus(articles, words);
  const built = vectorOf === null ? null : buildSense(corpus.articles, vectorOf);
  return {
    corpus,
    byWords: calibrate(corpus, null),
    byMeaning: built === null ? null : { sense: built.sense, model: calibrate(corpus, built) },
  };
}
