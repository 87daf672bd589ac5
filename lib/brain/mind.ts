import type { Article, KeptVectors } from '@/lib/domain/judgement';
import { type Embedder, openEmbedder, USE_LITE } from './embed/embedder';
import type { Vector } from './embed/vector';
import { type Learnt, learn } from './learn';
import type { WordRules } from './text/stems';

/** Texts and the vector of each. */
export interface Known {
  texts: readonly string[];
  vectors: readonly Vector[];
}

/** Vectors are made anew each time. */
export const KEPT_NOWHERE: KeptVectors = {
  read: async () => new Map(),
  write: async () => {},
  forgetOthers: async () => {},
};

/** What a brain needs to go by meaning: a model, and somewhere to learn from a knowledge base. */
export interface Mind {
  embedder: Embedder;
  learn(articles: readonly Article[], words: WordRules, known: Known): Promise<Learnt>;
  close(): Promise<void>;
}

export function lookUp({ texts, vectors }: Known): (text: string) => Vector | undefined {
  const found = new Map(texts.map((text, place) => [text, vectors[place]]));
  return (text) => found.get(text);
}

let model: Promise<(texts: readonly string[]) => Promise<Vector[]>> | null = null;

/** In this thread, which it keeps from all else: for the command line and tests. The model is loaded when first asked. */
export function mindHere(): Mind {
  const run = async (texts: readonly string[]) => {
    model ??= import('./embed/use-lite').then(({ loadUseLite }) => loadUseLite());
    return (await model)(texts);
  };
  return {
    embedder: openEmbedder(USE_LITE, run),
    learn: async (articles, words, known) => learn(articles, words, lookUp(known)),
    close: async () => {},
  };
}
