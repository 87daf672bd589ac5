import { describe, expect, it } from 'vitest';
import { seededRandom } from '@/lib/domain/test-wall-clock';
import { fitKernelRidge } from './kernel-ridge';

const random = seededRandom(7);
const COUNT = 24;
const ARTICLES = 6;
const points = Array.from({ length: COUNT }, () => [random.int(100) / 50, random.int(100) / 50] as const);
const kernel = (a: readonly [number, number], b: readonly [number, number]) =>
  Math.exp(-((a[0] - b[0]) ** 2) - (a[1] - b[1]) ** 2);
const articleOf = points.map((_, place) => place % ARTICLES);
const noiseOf = points.map((_, place) => 0.2 + (place % 3) / 10);

function ridgeOn(rows: readonly number[]) {
  const at = (place: number) => rows[place] ?? 0;
  return fitKernelRidge({
    count: rows.length,
    articles: ARTICLES,
    articleOf: rows.map((row) => articleOf[row] ?? 0),
    noiseOf: rows.map((row) => noiseOf[row] ?? 0),
    kernel: (a, b) => kernel(points[at(a)] ?? [0, 0], points[at(b)] ?? [0, 0]),
  });
}

/** What training without the rows says of one of them. */
function retrained(without: readonly number[], asked: number): number[] {
  const rows = points.map((_, row) => row).filter((row) => !without.includes(row));
  const { weights } = ridgeOn(rows);
  return Array.from({ length: ARTICLES }, (_, article) =>
    rows.reduce(
      (sum, row, place) =>
        sum +
        kernel(points[row] ?? [0, 0], points[asked] ?? [0, 0]) * (weights[place * ARTICLES + article] ?? 0),
      0,
    ),
  );
}

function expectClose(scores: Float64Array, expected: readonly number[]): void {
  for (const [article, score] of scores.entries()) expect(score).toBeCloseTo(expected[article] ?? 0, 4);
}

describe('kernel ridge regression', () => {
  const all = ridgeOn(points.map((_, row) => row));

  it('says of a row held out what training without it says', () => {
    for (const row of [0, 7, 23]) {
      const expected = retrained([row], row);
      expectClose(all.without(row), expected);
    }
  });

  it('says with a whole article held out what training without it says', () => {
    const own = points.map((_, row) => row).filter((row) => articleOf[row] === 2);
    const asked = own[1] ?? 0;
    const expected = retrained(own, asked);
    const scores = all.withoutAll([asked, ...own.filter((row) => row !== asked)]);
    expectClose(scores, expected);
  });
});
