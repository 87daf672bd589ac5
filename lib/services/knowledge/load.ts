import type { Database } from '@/db/client';
import { readArticles } from '@/db/queries/articles';
import type { Brain, KnowledgeIndex } from '@/lib/domain/judgement';

/** The prepared knowledge base. Built at start and again whenever an article changes. */
export interface Knowledge {
  index(): KnowledgeIndex;
  refresh(): Promise<void>;
}

export async function loadKnowledge(db: Database, brain: Brain): Promise<Knowledge> {
  let held = brain.index(await readArticles(db));
  return {
    index: () => held,
    refresh: async () => {
      held = brain.index(await readArticles(db));
    },
  };
}
