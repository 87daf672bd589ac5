/** A direction in the space of meanings: whole numbers from -127 to 127, to be read as parts of a unit vector. */
export type Vector = Int8Array;

const LARGEST = 127;

/** A vector in a quarter of the memory; cosines move by less than a thousandth. */
export function quantise(values: ArrayLike<number>): Vector {
  let largest = 0;
  for (let k = 0; k < values.length; k++) largest = Math.max(largest, Math.abs(values[k] ?? 0));
  const made = new Int8Array(values.length);
  if (largest > 0) {
    for (let k = 0; k < values.length; k++) made[k] = Math.round(((values[k] ?? 0) * LARGEST) / largest);
  }
  return made;
}

/** The vector at length one; of nothing, nothing. */
export function unit(vector: Vector): Float64Array {
  const length = lengthOf(vector, 0, vector.length);
  return Float64Array.from(vector, (value) => (length === 0 ? 0 : value / length));
}

export function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let k = 0; k < a.length; k++) sum += (a[k] as number) * (b[k] as number);
  return sum;
}

/** How alike two directions are, -1..1; 0 where one of them is nothing. */
export function cosine(a: Vector, b: Vector): number {
  return a.length === b.length ? dot(unit(a), unit(b)) : 0;
}

export function lengthOf(values: Int8Array, from: number, size: number): number {
  let sum = 0;
  for (let k = from; k < from + size; k++) sum += (values[k] ?? 0) ** 2;
  return Math.sqrt(sum);
}

/** Vectors of one size in one piece, as they travel between threads. */
export interface Packed {
  size: number;
  values: Int8Array;
}

export function packed(vectors: readonly Vector[]): Packed {
  const size = vectors[0]?.length ?? 0;
  const values = new Int8Array(vectors.length * size);
  for (const [place, vector] of vectors.entries()) values.set(vector, place * size);
  return { size, values };
}

export function unpacked({ size, values }: Packed): Vector[] {
  const count = size === 0 ? 0 : values.length / size;
  return Array.from({ length: count }, (_, place) => values.slice(place * size, (place + 1) * size));
}
