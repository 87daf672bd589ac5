import {
  type Article,
  type Brain,
  DEFAULT_THRESHOLDS,
  type Found,
  type KeptVectors,
  type KnowledgeIndex,
  type Turn,
} from '@/lib/domain/judgement';
import { readDialogue } from './detect/dialogue';
import type { Embedder } from './embed/embedder';
import type { Vector } from './embed/vector';
import { judgeNewest } from './judge';
import { type Knowledge, type Library, openLibrary, withParts } from './knowledge';
import { ENGLISH } from './language/en';
import { ENGLISH_TEXTS } from './language/en-texts';
import { openPhrasebook, type Phrasebook } from './language/phrasebook';
import { learn } from './learn';
import { likenesses } from './likeness';
import type { Mind } from './mind';
import { questionsIn } from './question';
import { quoteReply } from './reply';
import { clip, senseTexts } from './retrieve/sense';
import { summariseTalk } from './summarise/summarise';

/** How many questions keep their vector. */
const REMEMBERED = 500;
/** How many texts are embedded between two times of keeping them. */
const KEPT_AT_ONCE = 256;
/** How many of the newest visitor turns a judgement may look at. */
const LOOKED_BACK = 20;
/** How many articles a question finds. */
const MOST_FOUND = 5;

/**
 * The built-in brain: retrieval, calibrated confidence, detectors and summaries, with no key, no network and no chance.
 * Without a mind it goes by words alone; so it does while its model cannot be reached, of which `onFault` is told once.
 */
export function createBrain(mind: Mind | null = null, onFault: (error: unknown) => void = () => {}): Brain {
  const book = openPhrasebook(ENGLISH);
  const texts = ENGLISH_TEXTS;
  const libraries = new WeakMap<KnowledgeIndex, Library>();
  const remember = rememberVectors(mind?.embedder ?? null, onFault);
  /** None is kept: there may be more of them than there is room for. */
  const vectorsLater = async (asked: readonly string[]): Promise<ReadonlyMap<string, Vector>> => {
    if (mind === null) return new Map();
    const questions = withParts(asked);
    try {
      const made = await mind.embedder.embedInBackground(questions.map(clip));
      return new Map(questions.map((question, place) => [question, made[place] ?? new Int8Array(0)]));
    } catch (error) {
      onFault(error);
      return new Map();
    }
  };
  warmUp(book);
  const keep = (library: Library): KnowledgeIndex => {
    libraries.set(library.index, library);
    return library.index;
  };
  const libraryOf = (index: KnowledgeIndex): Library => {
    const library = libraries.get(index);
    if (library === undefined) throw new Error('This knowledge index was made by another brain.');
    return library;
  };
  const open = async (
    index: KnowledgeIndex,
    turns: readonly Turn[],
    lookedBack: number,
  ): Promise<Knowledge> => {
    const library = libraryOf(index);
    const dialogue = mind === null ? null : readDialogue(turns, book);
    if (dialogue === null) return library.withVectors(new Map());
    return library.withVectors(await remember(questionsIn(dialogue.said.slice(-lookedBack), dialogue)));
  };
  const index = (articles: readonly Article[]) =>
    keep(openLibrary(learn(articles, book.words, null), book.words));
  return {
    index,
    study: async (articles, kept) => {
      if (mind === null) return index(articles);
      const known = await vectorsOf(articles, mind.embedder, kept);
      return keep(openLibrary(await mind.learn(articles, book.words, known), book.words));
    },
    find: async ({ index, questions }) => {
      const library = libraryOf(index);
      const ask = questions.length > 1 ? vectorsLater : remember;
      const vectors = library.goesByMeaning ? await ask(questions) : new Map();
      const knowledge = library.withVectors(vectors);
      const likes = likenesses(questions, vectors, book.words);
      return questions.map((question, place) => ({
        ...found(question, knowledge),
        like: likes[place] ?? place,
      }));
    },
    judge: async ({ index, ...input }) => {
      const knowledge = await open(index, input.turns, LOOKED_BACK);
      return judgeNewest({ ...input, knowledge, book, texts });
    },
    quote: ({ index, turns, articleId }) => {
      const article = libraryOf(index).article(articleId);
      return article && quoteReply(article, turns, book.words);
    },
    summarise: async ({ index, ...input }) => {
      const knowledge = await open(index, input.turns, input.turns.length);
      return summariseTalk({ ...input, knowledge, book, texts });
    },
  };
}

function found(question: string, knowledge: Knowledge): Omit<Found, 'like'> {
  const { confidence, ranking } = knowledge.ask(question);
  const articles = ranking.candidates.slice(0, MOST_FOUND).flatMap((candidate) => {
    const article = knowledge.article(candidate.article);
    return article === null ? [] : [{ id: article.id, title: article.title, score: candidate.score }];
  });
  return { confidence, articles };
}

/** The vectors of questions, those asked before from memory. Without an answer from the model there are fewer. */
function rememberVectors(embedder: Embedder | null, onFault: (error: unknown) => void) {
  const held = new Map<string, Vector>();
  let isTold = false;
  return async (asked: readonly string[]): Promise<ReadonlyMap<string, Vector>> => {
    const vectors = new Map<string, Vector>();
    const questions = withParts(asked);
    for (const question of questions) {
      const vector = held.get(question);
      if (vector !== undefined) vectors.set(question, vector);
    }
    const missing = [...new Set(questions)].filter((question) => !vectors.has(question));
    if (embedder === null || missing.length === 0) return vectors;
    try {
      const made = await embedder.embed(missing.map(clip));
      isTold = false;
      if (held.size + missing.length > REMEMBERED) held.clear();
      for (const [place, question] of missing.entries()) {
        const vector = made[place];
        if (vector === undefined) continue;
        held.set(question, vector);
        vectors.set(question, vector);
      }
    } catch (error) {
      if (!isTold) onFault(error);
      isTold = true;
    }
    return vectors;
  };
}

/** The vector of every text of the articles: kept ones are read, the others made and kept. */
async function vectorsOf(articles: readonly Article[], embedder: Embedder, kept: KeptVectors) {
  const texts = [...new Set(senseTexts(articles).map(({ text }) => text))];
  // Fails where there is no model to ask later, and else has it ready for the first question.
  if (texts.length > 0) await embedder.embedInBackground(['']);
  const vectors = await kept.read(embedder.model, texts);
  const missing = texts.filter((text) => !vectors.has(text));
  for (let from = 0; from < missing.length; from += KEPT_AT_ONCE) {
    const some = missing.slice(from, from + KEPT_AT_ONCE);
    const made = await embedder.embedInBackground(some);
    const entries = some.flatMap((text, place): [string, Vector][] => {
      const vector = made[place];
      return vector === undefined ? [] : [[text, vector]];
    });
    for (const [text, vector] of entries) vectors.set(text, vector);
    await kept.write(embedder.model, new Map(entries));
  }
  if (missing.length > 0) await kept.forgetOthers(embedder.model, texts);
  return { texts, vectors: texts.map((text) => vectors.get(text) ?? new Int8Array(0)) };
}

/** Expressions are compiled at their first use, which would cost the first visitor a quarter of a second. */
function warmUp(book: Phrasebook): void {
  judgeNewest({
    turns: [
      { id: '1', author: 'bot', text: 'Shall I cancel it?', at: 0 },
      { id: '2', author: 'visitor', text: 'Should I?', at: 0 },
    ],
    knowledge: openLibrary(learn([], book.words, null), book.words).withVectors(new Map()),
    thresholds: DEFAULT_THRESHOLDS,
    now: 0,
    botName: '',
    book,
    texts: ENGLISH_TEXTS,
  });
}
