import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { brandShades, contrastRatio, readableShade, textOn } from './contrast';

const color = fc.integer({ min: 0, max: 0xffffff }).map((value) => `#${value.toString(16).padStart(6, '0')}`);

describe('contrast', () => {
  test('known ratios', () => {
    expect(contrastRatio('#000000', '#ffffff')).toBeCloseTo(21, 5);
    expect(contrastRatio('#767676', '#ffffff')).toBeCloseTo(4.54, 2);
    expect(contrastRatio('#4b45d6', '#4b45d6')).toBe(1);
  });

  test('a colour that reads is left as it is', () => {
    expect(readableShade('#4b45d6', '#ffffff', 4.5, 'darker')).toBe('#4b45d6');
  });

  test('one that does not is moved no further than it must', () => {
    const shade = readableShade('#f2c45a', '#ffffff', 4.5, 'darker');
    expect(contrastRatio(shade, '#ffffff')).toBeGreaterThanOrEqual(4.5);
    expect(contrastRatio(shade, '#ffffff')).toBeLessThan(4.9);
  });

  test('text takes the better of white and ink', () => {
    expect(textOn('#1f5c4a')).toBe('#ffffff');
    expect(textOn('#ffe9cf')).toBe('#0e0f12');
  });

  test('every brand colour reads, in light and in dark', () => {
    fc.assert(
      fc.property(color, (brand) => {
        const { light, dark } = brandShades(brand);
        for (const [shades, grounds] of [
          [light, ['#ffffff', light.tint]],
          [dark, ['#141519', '#1b1d22', '#22252b', dark.tint]],
        ] as const) {
          expect(contrastRatio(shades.onBrand, shades.brand)).toBeGreaterThanOrEqual(4.5);
          expect(contrastRatio(shades.onBubble, shades.bubble)).toBeGreaterThanOrEqual(4.5);
          for (const ground of grounds) expect(contrastRatio(shades.ink, ground)).toBeGreaterThanOrEqual(4.5);
        }
        expect(contrastRatio(light.brand, '#ffffff')).toBeGreaterThanOrEqual(3);
        expect(contrastRatio(dark.brand, '#1b1d22')).toBeGreaterThanOrEqual(3);
      }),
      { numRuns: 2000 },
    );
  });

  test('what is no colour falls back to the house’s own', () => {
    expect(brandShades('red; }')).toEqual(brandShades('#4b45d6'));
  });
});
