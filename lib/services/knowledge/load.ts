import { setTimeout as delay } from 'node:timers/promises';
import type { Database } from '@/db/client';
import { readArticles } from '@/db/queries/articles';
import type { Article, Brain, KnowledgeIndex } from '@/lib/domain/judgement';
import type { Log } from '../context';
import { keptVectors } from './kept-vectors';

/** Several articles saved one after the other are studied once. */
const SETTLE_MS = 300;

/** The prepared knowledge base: by words from the start, by meaning once it was studied. */
export interface Knowledge {
  index(): KnowledgeIndex;
  /** Of an article that is in the index; null where it is not, or no more. */
  titleOf(id: string): string | null;
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
  const first = await readArticles(db);
  let held = brain.index(first);
  let titles = titlesOf(first);
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
      titles = titlesOf(articles);
      isWarned = false;
    } catch (error) {
      warn(error, 'the knowledge base could not be studied; it is searched by words alone');
      held = brain.index(articles);
      titles = titlesOf(articles);
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
    titleOf: (id) => titles.get(id) ?? null,
    refresh: async () => {
      if (isStudied) void study();
      else {
        const articles = await readArticles(db);
        held = brain.index(articles);
        titles = titlesOf(articles);
      }
    },
    study,
    isLearning: () => running !== null,
  };
}

function titlesOf(articles: readonly Article[]): ReadonlyMap<string, string> {
  return new Map(articles.map(({ id, title }) => [id, title]));
}
