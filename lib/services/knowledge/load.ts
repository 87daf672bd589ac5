import { setTimeout as delay } from 'node:timers/promises';
import type { Database } from '@/db/client';
import { readArticles } from '@/db/queries/articles';
import type { Brain, KnowledgeIndex } from '@/lib/domain/judgement';
import type { Log } from '../context';
import { keptVectors } from './kept-vectors';

/** Several articles saved one after the other are studied once. */
const SETTLE_MS = 300;

/** The prepared knowledge base: by words from the start, by meaning once it was studied. */
export interface Knowledge {
  index(): KnowledgeIndex;
  /**
   * Articles changed, here or in another process. Where the knowledge base is studied, that happens in the background and
   * the index before answers until then; else it is indexed by words before this settles.
   */
  refresh(): Promise<void>;
  /** Studies it from now on, and settles when all that has changed so far is in the index. Never fails. */
  study(): Promise<void>;
  /** What changed last is not in the index yet. */
  isLearning(): boolean;
}

export async function loadKnowledge(
  db: Database,
  brain: Brain,
  log: Log,
  settleMs = SETTLE_MS,
): Promise<Knowledge> {
  let held = brain.index(await readArticles(db));
  const kept = keptVectors(db);
  let isStudied = false;
  let isStale = false;
  let isWarned = false;
  let running: Promise<void> | null = null;

  const warn = (error: unknown, what: string) => {
    if (!isWarned) log.warn({ err: error }, what);
    isWarned = true;
  };
  const studyOnce = async () => {
    const articles = await readArticles(db);
    try {
      held = await brain.study(articles, kept);
      isWarned = false;
    } catch (error) {
      warn(error, 'the knowledge base could not be studied; it is searched by words alone');
      held = brain.index(articles);
    }
  };
  const studyUntilFresh = async () => {
    while (isStale) {
      await delay(settleMs);
      isStale = false;
      await studyOnce().catch((error) => warn(error, 'the articles could not be read again'));
    }
    running = null;
  };
  const study = (): Promise<void> => {
    isStudied = true;
    isStale = true;
    running ??= studyUntilFresh();
    return running;
  };

  return {
    index: () => held,
    refresh: async () => {
      if (isStudied) void study();
      else held = brain.index(await readArticles(db));
    },
    study,
    isLearning: () => running !== null,
  };
}
