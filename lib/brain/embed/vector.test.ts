import { describe, expect, it } from 'vitest';
import { packed, quantise, unit, unpacked } from './vector';

const values = Array.from({ length: 512 }, (_, place) => Math.sin(place * 1.7) / 16);

describe('a vector', () => {
  it('keeps its direction to a thousandth', () => {
    const read = unit(quantise(values));
    const length = Math.hypot(...values);
    const cosine = values.reduce((sum, value, place) => sum + (value / length) * (read[place] ?? 0), 0);
    expect(cosine).toBeGreaterThan(0.9999);
    expect(Math.hypot(...read)).toBeCloseTo(1, 9);
  });

  it('of nothing is nothing', () => {
    expect([...quantise([0, 0])]).toEqual([0, 0]);
    expect([...unit(Int8Array.of(0, 0))]).toEqual([0, 0]);
  });

  it('travels with others in one piece', () => {
    const vectors = [Int8Array.of(1, 2), Int8Array.of(-3, 4)];
    expect(unpacked(packed(vectors))).toEqual(vectors);
    expect(unpacked(packed([]))).toEqual([]);
  });
});
