import { solve } from '../confidence/logistic';

/** Rows of the training data: a kernel between any two, an article each, and how little each is trusted. */
interface Training {
  count: number;
  articles: number;
  articleOf: ArrayLike<number>;
  noiseOf: ArrayLike<number>;
  kernel(a: number, b: number): number;
}

export interface KernelRidge {
  /** For each row what it says of each article; row after row. */
  weights: Float32Array;
  /** What each article would score on a row had the row not been there. */
  without(row: number): Float64Array;
  /** The same, had none of the given rows been there; for the first of them. */
  withoutAll(rows: readonly number[]): Float64Array;
}

/**
 * Kernel ridge regression of the articles on their rows. What it would say with rows left out is exact and in closed
 * form (Rasmussen and Williams 2006, 5.4.2; for blocks An et al. 2007), so that it tests itself at no further training.
 */
export function fitKernelRidge(training: Training): KernelRidge {
  const { count, articles, articleOf } = training;
  const inverse = invertLower(cholesky(training), count);
  const alpha = solveAll(inverse, count, articles, articleOf);
  const heldOut = (rows: readonly number[]): Float64Array => {
    const own = rows.map((row) => rows.map((other) => precision(inverse, count, row, other)));
    const [first = 0] = rows;
    // The first row of the inverse of the block: how a residual at each row moves the prediction at the first.
    const shares = solve(
      own,
      rows.map((_, k) => (k === 0 ? 1 : 0)),
    );
    const scores = new Float64Array(articles);
    for (let article = 0; article < articles; article++) {
      let residual = 0;
      rows.forEach((row, k) => {
        residual += (shares[k] ?? 0) * (alpha[row * articles + article] ?? 0);
      });
      scores[article] = (articleOf[first] === article ? 1 : 0) - residual;
    }
    return scores;
  };
  return { weights: Float32Array.from(alpha), without: (row) => heldOut([row]), withoutAll: heldOut };
}

/** The lower triangle L of K + noise = L Lᵀ, row after row. */
function cholesky({ count, kernel, noiseOf }: Training): Float64Array {
  const lower = new Float64Array(count * count);
  for (let i = 0; i < count; i++) {
    const at = i * count;
    for (let j = 0; j <= i; j++) {
      const other = j * count;
      let sum = kernel(i, j) + (i === j ? (noiseOf[i] ?? 0) : 0);
      for (let k = 0; k < j; k++) sum -= (lower[at + k] as number) * (lower[other + k] as number);
      lower[at + j] = i === j ? Math.sqrt(Math.max(sum, 1e-9)) : sum / (lower[other + j] as number);
    }
  }
  return lower;
}

/** The inverse of a lower triangle, column after column, so that each column lies together. */
function invertLower(lower: Float64Array, count: number): Float64Array {
  const inverse = new Float64Array(count * count);
  for (let column = 0; column < count; column++) {
    const to = column * count;
    inverse[to + column] = 1 / (lower[to + column] as number);
    for (let row = column + 1; row < count; row++) {
      const from = row * count;
      let sum = 0;
      for (let k = column; k < row; k++) sum -= (lower[from + k] as number) * (inverse[to + k] as number);
      inverse[to + row] = sum / (lower[from + row] as number);
    }
  }
  return inverse;
}

/** One cell of (K + noise)⁻¹. */
function precision(inverse: Float64Array, count: number, a: number, b: number): number {
  let sum = 0;
  for (let k = Math.max(a, b); k < count; k++) {
    sum += (inverse[a * count + k] as number) * (inverse[b * count + k] as number);
  }
  return sum;
}

/** (K + noise)⁻¹ times the table that says which row belongs to which article. */
function solveAll(
  inverse: Float64Array,
  count: number,
  articles: number,
  articleOf: ArrayLike<number>,
): Float64Array {
  const half = new Float64Array(count * articles);
  for (let row = 0; row < count; row++) {
    const article = articleOf[row] ?? 0;
    for (let k = row; k < count; k++) {
      const cell = k * articles + article;
      half[cell] = (half[cell] as number) + (inverse[row * count + k] as number);
    }
  }
  const alpha = new Float64Array(count * articles);
  for (let row = 0; row < count; row++) {
    const to = row * articles;
    for (let k = row; k < count; k++) {
      const weight = inverse[row * count + k] as number;
      const from = k * articles;
      for (let article = 0; article < articles; article++) {
        alpha[to + article] = (alpha[to + article] as number) + weight * (half[from + article] as number);
      }
    }
  }
  return alpha;
}
