import type { Corpus } from '../retrieve/corpus';
import { at } from '../retrieve/postings';
import { readQuery } from '../retrieve/query';
import { rank } from '../retrieve/rank';
import { type BuiltSense, nearnessHeldOut } from '../retrieve/sense';
import { stems } from '../text/stems';
import { features } from './features';
import { type LogisticModel, type Sample, train } from './logistic';
import { SHIPPED_MODELS } from './shipped-models';

const FEWEST_ARTICLES = 20;
const FEWEST_EXAMPLES = 3;
/** By words it is done where the server waits for it, by meaning in a thread of its own. */
const MOST_QUESTIONS = { words: 400, hybrid: 1500 };
const FEWEST_QUESTIONS = 80;
const DOCUMENT_BUDGET = 4_000_000;
const PULL = 8;

/**
 * The confidence model of a knowledge base, learnt from its own example questions: a question that its article has not
 * seen should find that article, and a question whose article is gone can find only wrong ones.
 */
export function calibrate(corpus: Corpus, built: BuiltSense | null): LogisticModel {
  const shipped = built === null ? SHIPPED_MODELS.words : SHIPPED_MODELS.hybrid;
  const taught = corpus.articles.filter((_, index) => at(corpus.exampleCount, index) >= FEWEST_EXAMPLES);
  if (taught.length < FEWEST_ARTICLES) return shipped;
  return train(selfTests(corpus, built), shipped, PULL);
}

/** One answerable and one unanswerable sample for each chosen example. */
export function selfTests(corpus: Corpus, built: BuiltSense | null): Sample[] {
  const kind = built === null ? 'words' : 'hybrid';
  const unanswerable = unanswerableShare(corpus.articles.length);
  return chosenExamples(corpus, MOST_QUESTIONS[kind]).flatMap(({ article, document, example, text }) => {
    const query = readQuery(text, corpus);
    const near = (whole: boolean) =>
      built === null ? null : nearnessHeldOut(built, { article, example, whole });
    const seen = rank(corpus, query, { article, document }, near(false));
    const gone = rank(corpus, query, { article, document: null }, near(true));
    return [
      {
        features: features(seen, kind),
        isRight: seen.candidates[0]?.article === article,
        weight: 2 * (1 - unanswerable),
      },
      { features: features(gone, kind), isRight: false, weight: 2 * unanswerable },
    ];
  });
}

/** How many questions no article answers, supposed before any came: the more articles, the fewer. */
export function unanswerableShare(articles: number): number {
  return Math.min(0.35, Math.max(0.15, 1.06 / Math.cbrt(articles)));
}

interface OwnExample {
  article: number;
  document: number;
  /** Its place among the examples of its article. */
  example: number;
  text: string;
}

function chosenExamples(corpus: Corpus, most: number): OwnExample[] {
  const all = corpus.articles.flatMap((_, article) =>
    at(corpus.exampleCount, article) >= FEWEST_EXAMPLES ? examplesOf(corpus, article) : [],
  );
  const affordable = Math.floor(DOCUMENT_BUDGET / Math.max(1, corpus.documentArticle.length));
  const limit = Math.min(most, Math.max(FEWEST_QUESTIONS, affordable));
  if (all.length <= limit) return all;
  return Array.from({ length: limit }, (_, k) => all[Math.floor((k * all.length) / limit)]).filter(
    (row) => row !== undefined,
  );
}

/** Example documents of an article stand first, in the order of its examples; an example of stop words alone has none. */
function examplesOf(corpus: Corpus, article: number): OwnExample[] {
  const texts = [...(corpus.articles[article]?.examples ?? []).entries()].filter(
    ([, text]) => stems(text, corpus.words).length > 0,
  );
  return texts.map(([example, text], k) => ({
    article,
    document: at(corpus.firstDocument, article) + k,
    example,
    text,
  }));
}
