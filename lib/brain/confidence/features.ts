import type { Candidate, Ranking } from '../retrieve/rank';

/** What the confidence is computed from, in the order of the weights. Stored with nothing, made again when asked. */
export const FEATURES = [
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

const SHARPNESS = 12;

export function features(ranking: Ranking): number[] {
  const [first, second] = ranking.candidates;
  if (first === undefined) return FEATURES.map((name) => (name === 'unknown' ? 1 : 0));
  const runnerUp = second?.score ?? 0;
  const values: Record<(typeof FEATURES)[number], number> = {
    score: first.score,
    margin: first.score - runnerUp,
    closeness: first.score === 0 ? 1 : runnerUp / first.score,
    share: shareOf(first, ranking.candidates),
    coverage: first.coverage,
    likeness: first.likeness,
    unknown: ranking.unknown,
    example: first.example,
    body: first.body,
    agreement: agreementOn(first, ranking.candidates),
    length: Math.log(1 + ranking.termCount),
  };
  return FEATURES.map((name) => values[name]);
}

/** The part of the probability that a softmax over the candidates gives to the first. */
function shareOf(first: Candidate, candidates: readonly Candidate[]): number {
  let total = 0;
  for (const candidate of candidates) total += Math.exp(SHARPNESS * (candidate.score - first.score));
  return 1 / total;
}

/** How many of the four views (example, title, body, bag) would put the same article first. */
function agreementOn(first: Candidate, candidates: readonly Candidate[]): number {
  const views = [
    (c: Candidate) => c.example,
    (c: Candidate) => c.title,
    (c: Candidate) => c.body,
    (c: Candidate) => c.bag,
  ];
  const agreeing = views.filter((view) => {
    const own = view(first);
    return own > 0 && candidates.every((candidate) => view(candidate) <= own);
  });
  return agreeing.length / views.length;
}
