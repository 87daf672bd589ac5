export interface Sample {
  features: readonly number[];
  isRight: boolean;
  weight: number;
}

/** Weights in the order bias, then one for each feature; features are centred and scaled before they are weighed. */
export interface LogisticModel {
  weights: readonly number[];
  means: readonly number[];
  scales: readonly number[];
}

const STEPS = 25;
const SMALL_ENOUGH = 1e-7;

export function probability(model: LogisticModel, features: readonly number[]): number {
  const row = standardise(model, features);
  return sigmoid(dot(model.weights, row));
}

/**
 * Logistic regression by Newton's method. A quadratic pull of the given strength holds the weights near those of `prior`,
 * so that few samples move them little.
 */
export function train(samples: readonly Sample[], prior: LogisticModel, strength: number): LogisticModel {
  const rows = samples.map((sample) => standardise(prior, sample.features));
  let weights = [...prior.weights];
  for (let step = 0; step < STEPS; step++) {
    const gradient = weights.map((weight, k) => strength * (weight - (prior.weights[k] ?? 0)));
    const hessian = weights.map((_, k) => weights.map((__, j) => (j === k ? strength : 0)));
    samples.forEach((sample, index) => {
      addSample(gradient, hessian, rows[index] ?? [], sample, sigmoid(dot(weights, rows[index] ?? [])));
    });
    const change = solve(hessian, gradient);
    weights = weights.map((weight, k) => weight - (change[k] ?? 0));
    if (Math.max(...change.map(Math.abs)) < SMALL_ENOUGH) break;
  }
  return { weights, means: prior.means, scales: prior.scales };
}

function addSample(
  gradient: number[],
  hessian: number[][],
  row: readonly number[],
  sample: Sample,
  expected: number,
): void {
  const slope = sample.weight * (expected - (sample.isRight ? 1 : 0));
  const curve = sample.weight * Math.max(expected * (1 - expected), 1e-6);
  for (let k = 0; k < row.length; k++) {
    const value = row[k] ?? 0;
    gradient[k] = (gradient[k] ?? 0) + slope * value;
    const line = hessian[k] ?? [];
    for (let j = 0; j < row.length; j++) line[j] = (line[j] ?? 0) + curve * value * (row[j] ?? 0);
  }
}

function standardise(model: LogisticModel, features: readonly number[]): number[] {
  return [1, ...features.map((value, k) => (value - (model.means[k] ?? 0)) / (model.scales[k] ?? 1))];
}

function dot(a: readonly number[], b: readonly number[]): number {
  return a.reduce((total, value, k) => total + value * (b[k] ?? 0), 0);
}

function sigmoid(value: number): number {
  return 1 / (1 + Math.exp(-value));
}

/** Gaussian elimination with the largest pivot; the matrix is positive definite by the pull towards the prior. */
export function solve(matrix: readonly number[][], right: readonly number[]): number[] {
  const rows = matrix.map((row, k) => [...row, right[k] ?? 0]);
  const size = rows.length;
  for (let column = 0; column < size; column++) {
    let pivot = column;
    for (let k = column + 1; k < size; k++) {
      if (Math.abs(cell(rows, k, column)) > Math.abs(cell(rows, pivot, column))) pivot = k;
    }
    [rows[column], rows[pivot]] = [rows[pivot] ?? [], rows[column] ?? []];
    for (let k = column + 1; k < size; k++) {
      const factor = cell(rows, k, column) / cell(rows, column, column);
      const line = rows[k] ?? [];
      for (let j = column; j <= size; j++) line[j] = (line[j] ?? 0) - factor * cell(rows, column, j);
    }
  }
  const solution = new Array<number>(size).fill(0);
  for (let k = size - 1; k >= 0; k--) {
    let rest = cell(rows, k, size);
    for (let j = k + 1; j < size; j++) rest -= cell(rows, k, j) * (solution[j] ?? 0);
    solution[k] = rest / cell(rows, k, k);
  }
  return solution;
}

function cell(rows: readonly number[][], k: number, j: number): number {
  return rows[k]?.[j] ?? 0;
}
