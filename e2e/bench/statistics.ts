/** Middle of the sorted values; of an even number, the mean of the two. */
export function median(values: readonly number[]): number {
  return percentile(values, 0.5);
}

export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const place = (sorted.length - 1) * share;
  const low = sorted[Math.floor(place)] ?? Number.NaN;
  const high = sorted[Math.ceil(place)] ?? Number.NaN;
  return low + (high - low) * (place - Math.floor(place));
}

export interface Measured {
  id: string;
  what: string;
  value: number;
  unit: string;
  floor: number;
  ratio: number;
  /** The ratio of each round, so that its spread can be seen. */
  rounds: number[];
  target: string;
  met: boolean;
}

/** Rounds of subject and floor in turn: the ratio is taken round by round, and its median quoted. */
export function compare(
  about: Pick<Measured, 'id' | 'what' | 'unit'>,
  subject: readonly number[],
  floor: readonly number[],
  target: { atMost?: number; atLeast?: number },
): Measured {
  const rounds = subject.map((value, index) => value / (floor[index] ?? Number.NaN));
  const ratio = median(rounds);
  const { atMost, atLeast } = target;
  return {
    ...about,
    value: median(subject),
    floor: median(floor),
    ratio,
    rounds,
    target: atMost === undefined ? `>= ${atLeast}` : `<= ${atMost}`,
    met: atMost === undefined ? ratio >= (atLeast ?? 0) : ratio <= atMost,
  };
}

/** How fast y grows with x: the slope of the logarithms, by least squares. 1 is in proportion, 0 is flat. */
export function slope(points: readonly (readonly [number, number])[]): number {
  const logs = points.map(([x, y]) => [Math.log(x), Math.log(y)] as const);
  const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [meanX, meanY] = [mean(logs.map(([x]) => x)), mean(logs.map(([, y]) => y))];
  const along = logs.reduce((sum, [x, y]) => sum + (x - meanX) * (y - meanY), 0);
  return along / logs.reduce((sum, [x]) => sum + (x - meanX) ** 2, 0);
}
