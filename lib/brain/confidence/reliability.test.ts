import { describe, expect, it } from 'vitest';
import { type Judged, qualityOf } from './reliability';

const right = (confidence: number): Judged => ({ confidence, isRight: true, isAnswerable: true });
const wrong = (confidence: number): Judged => ({ confidence, isRight: false, isAnswerable: true });
const outside = (confidence: number): Judged => ({ confidence, isRight: false, isAnswerable: false });

describe('qualityOf', () => {
  it('counts what was answered at the threshold, and what was not', () => {
    const quality = qualityOf(
      [right(0.9), right(0.3), wrong(0.4), wrong(0.1), outside(0.8), outside(0)],
      0.4,
    );
    expect(quality).toMatchObject({
      answerable: 4,
      unanswerable: 2,
      topOne: 0.5,
      answeredRight: 0.25,
      declined: 0.5,
      balanced: 0.375,
    });
    expect(quality.precision).toBeCloseTo(1 / 3, 9);
  });

  it('has no error where each bin is right as often as it says', () => {
    const honest = [...Array<Judged>(3).fill(right(0.75)), wrong(0.75)];
    expect(qualityOf(honest, 0.4).expectedCalibrationError).toBeCloseTo(0, 9);
    expect(qualityOf([wrong(1), wrong(1)], 0.4).expectedCalibrationError).toBe(1);
    expect(qualityOf(honest, 0.4).bins[7]).toMatchObject({ count: 4, meanConfidence: 0.75, right: 0.75 });
  });

  it('weighs the error of a bin by how many are in it', () => {
    const mixed = [right(1), right(1), right(1), wrong(0.5)];
    expect(qualityOf(mixed, 0.4).expectedCalibrationError).toBeCloseTo(0.125, 9);
  });

  it('ranks: all above is 1, all below is 0, all alike is a half', () => {
    expect(qualityOf([right(0.9), right(0.8), outside(0.2)], 0.4).aurocAnswerable).toBe(1);
    expect(qualityOf([right(0.1), outside(0.2), outside(0.3)], 0.4).aurocAnswerable).toBe(0);
    expect(qualityOf([right(0.5), outside(0.5), outside(0.5)], 0.4).aurocAnswerable).toBe(0.5);
    expect(qualityOf([right(0.7), wrong(0.9), right(0.95)], 0.4).aurocRight).toBe(0.5);
  });

  it('says that a share of nothing is not a number', () => {
    expect(qualityOf([right(0.2)], 0.4).declined).toBeNaN();
    expect(qualityOf([right(0.2)], 0.4).precision).toBeNaN();
  });
});
