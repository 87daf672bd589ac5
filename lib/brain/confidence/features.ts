import type { Candidate, Ranking } from '../retrieve/rank';

/** What the confidence is computed from where only words are compared, in the order of the weights. */
const WORD_FEATURES = [
  'score',
  'margin',
  'closeness',
  'share',
  'coverage',
  'likeness',
  'unknown',
  'example',
  'body',
  'agreement',
  'length',
] as const;

/** And where the meaning is compared as well. */
const HYBRID_FEATURES = [
  'score',
  'margin',
  'closeness',
  'share',
  'meaning',
  'meaningMargin',
  'cosine',
  'cosineMargin',
  'words',
  'wordsMargin',
  'coverage',
  'likeness',
  'unknown',
  'agreement',
  'length',
] as const;

export const FEATURES = { words: WORD_FEATURES, hybrid: HYBRID_FEATURES } as const;

const SHARPNESS = 12;

export function features(ranking: Ranking, kind: keyof typeof FEATURES): number[] {
  return kind === 'hybrid' ? hybridFeatures(ranking) : wordFeatures(ranking);
}

function wordFeatures(ranking: Ranking): number[] {
  const [first, second] = ranking.candidates;
  if (first === undefined) return WORD_FEATURES.map((name) => (name === 'unknown' ? 1 : 0));
  const runnerUp = second?.score ?? 0;
  const values: Record<(typeof WORD_FEATURES)[number], number> = {
    score: first.score,
    margin: first.score - runnerUp,
    closeness: first.score === 0 ? 1 : runnerUp / first.score,
    share: shareOf(first, ranking.candidates),
    coverage: first.coverage,
    likeness: first.likeness,
    unknown: ranking.unknown,
    example: first.example,
    body: first.body,
    agreement: agreementOn(first, ranking.candidates, [
      (c) => c.example,
      (c) => c.title,
      (c) => c.body,
      (c) => c.bag,
    ]),
    length: Math.log(1 + ranking.termCount),
  };
  return WORD_FEATURES.map((name) => values[name]);
}

function hybridFeatures(ranking: Ranking): number[] {
  const { candidates } = ranking;
  const [first, second] = candidates;
  if (first === undefined) return HYBRID_FEATURES.map((name) => (name === 'unknown' ? 1 : 0));
  const runnerUp = second?.score ?? 0;
  const meaning = (c: Candidate) => c.meaning ?? 0;
  const cosine = (c: Candidate) => c.cosine;
  const words = (c: Candidate) => c.words;
  const values: Record<(typeof HYBRID_FEATURES)[number], number> = {
    score: first.score,
    margin: first.score - runnerUp,
    closeness: first.score === 0 ? 1 : runnerUp / first.score,
    share: shareOf(first, candidates),
    meaning: meaning(first),
    meaningMargin: marginOf(first, candidates, meaning),
    cosine: cosine(first),
    cosineMargin: marginOf(first, candidates, cosine),
    words: words(first),
    wordsMargin: marginOf(first, candidates, words),
    coverage: first.coverage,
    likeness: first.likeness,
    unknown: ranking.unknown,
    agreement: agreementOn(first, candidates, [meaning, cosine, words, (c) => c.bag]),
    length: Math.log(1 + ranking.termCount),
  };
  return HYBRID_FEATURES.map((name) => values[name]);
}

/** How far the first stands above the best of the others in one view; below zero where that is not the first's. */
function marginOf(
  first: Candidate,
  candidates: readonly Candidate[],
  view: (candidate: Candidate) => number,
): number {
  const others = candidates.filter((candidate) => candidate !== first).map(view);
  return view(first) - Math.max(0, ...others);
}

/** The part of the probability that a softmax over the candidates gives to the first. */
function shareOf(first: Candidate, candidates: readonly Candidate[]): number {
  let total = 0;
  for (const candidate of candidates) total += Math.exp(SHARPNESS * (candidate.score - first.score));
  return 1 / total;
}

/** The share of views that would put the same article first. */
function agreementOn(
  first: Candidate,
  candidates: readonly Candidate[],
  views: readonly ((candidate: Candidate) => number)[],
): number {
  const agreeing = views.filter((view) => {
    const own = view(first);
    return own > 0 && candidates.every((candidate) => view(candidate) <= own);
  });
  return agreeing.length / views.length;
}
