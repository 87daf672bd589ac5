import type { Corpus } from '../retrieve/corpus';
import { at } from '../retrieve/postings';
import { readQuery } from '../retrieve/query';
import { rank } from '../retrieve/rank';
import { stems } from '../text/stems';
import { features } from './features';
import { type LogisticModel, type Sample, train } from './logistic';
import { SHIPPED_MODEL } from './shipped-model';

const FEWEST_ARTICLES = 20;
const FEWEST_EXAMPLES = 3;
const MOST_QUESTIONS = 400;
const FEWEST_QUESTIONS = 80;
const DOCUMENT_BUDGET = 4_000_000;
const UNANSWERABLE_SHARE = 0.3;
const PULL = 8;

/**
 * The confidence model of a knowledge base, learnt from its own example questions: a question that its article has not
 * seen should find that article, and a question whose article is gone can find only wrong ones.
 */
export function calibrate(corpus: Corpus): LogisticModel {
  const taught = corpus.articles.filter((_, index) => at(corpus.exampleCount, index) >= FEWEST_EXAMPLES);
  if (taught.length < FEWEST_ARTICLES) return SHIPPED_MODEL;
  return train(selfTests(corpus), SHIPPED_MODEL, PULL);
}

/** One answerable and one unanswerable sample for each chosen example, weighed so that 30 % are unanswerable. */
export function selfTests(corpus: Corpus): Sample[] {
  return chosenExamples(corpus).flatMap(({ article, document, text }) => {
    const query = readQuery(text, corpus);
    const seen = rank(corpus, query, { article, document });
    const gone = rank(corpus, query, { article, document: null });
    return [
      {
        features: features(seen),
        isRight: seen.candidates[0]?.article === article,
        weight: 2 * (1 - UNANSWERABLE_SHARE),
      },
      { features: features(gone), isRight: false, weight: 2 * UNANSWERABLE_SHARE },
    ];
  });
}

function chosenExamples(corpus: Corpus): { article: number; document: number; text: string }[] {
  const all = corpus.articles.flatMap((_, article) =>
    at(corpus.exampleCount, article) >= FEWEST_EXAMPLES ? examplesOf(corpus, article) : [],
  );
  const affordable = Math.floor(DOCUMENT_BUDGET / Math.max(1, corpus.documentArticle.length));
  const limit = Math.min(MOST_QUESTIONS, Math.max(FEWEST_QUESTIONS, affordable));
  if (all.length <= limit) return all;
  return Array.from({ length: limit }, (_, k) => all[Math.floor((k * all.length) / limit)]).filter(
    (row) => row !== undefined,
  );
}

/** Example documents of an article stand first, in the order of its examples; an example of stop words alone has none. */
function examplesOf(corpus: Corpus, article: number): { article: number; document: number; text: string }[] {
  const texts = (corpus.articles[article]?.examples ?? []).filter(
    (text) => stems(text, corpus.words).length > 0,
  );
  return texts.map((text, k) => ({ article, document: at(corpus.firstDocument, article) + k, text }));
}
