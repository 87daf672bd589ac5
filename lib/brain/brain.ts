import { type Brain, DEFAULT_THRESHOLDS, type KnowledgeIndex } from '@/lib/domain/judgement';
import { judgeNewest } from './judge';
import { type Knowledge, prepare } from './knowledge';
import { ENGLISH } from './language/en';
import { ENGLISH_TEXTS } from './language/en-texts';
import { openPhrasebook, type Phrasebook } from './language/phrasebook';
import { summariseTalk } from './summarise/summarise';

/** The built-in brain: retrieval, calibrated confidence, detectors and summaries, with no key, no network and no chance. */
export function createBrain(): Brain {
  const book = openPhrasebook(ENGLISH);
  const texts = ENGLISH_TEXTS;
  const prepared = new WeakMap<KnowledgeIndex, Knowledge>();
  warmUp(book);
  const open = (index: KnowledgeIndex): Knowledge => {
    const knowledge = prepared.get(index);
    if (knowledge === undefined) throw new Error('This knowledge index was made by another brain.');
    return knowledge;
  };
  return {
    index: (articles) => {
      const knowledge = prepare(articles, book.words);
      prepared.set(knowledge.index, knowledge);
      return knowledge.index;
    },
    judge: async ({ index, ...input }) => judgeNewest({ ...input, knowledge: open(index), book, texts }),
    summarise: async ({ index, ...input }) =>
      summariseTalk({ ...input, knowledge: open(index), book, texts }),
  };
}

/** Expressions are compiled at their first use, which would cost the first visitor a quarter of a second. */
function warmUp(book: Phrasebook): void {
  judgeNewest({
    turns: [
      { id: '1', author: 'bot', text: 'Shall I cancel it?', at: 0 },
      { id: '2', author: 'visitor', text: 'Should I?', at: 0 },
    ],
    knowledge: prepare([], book.words),
    thresholds: DEFAULT_THRESHOLDS,
    now: 0,
    botName: '',
    book,
    texts: ENGLISH_TEXTS,
  });
}
