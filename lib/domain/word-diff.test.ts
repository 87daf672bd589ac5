import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { diffWords } from './word-diff';

const side = (parts: ReturnType<typeof diffWords>, not: 'added' | 'removed') =>
  parts
    .filter(({ kind }) => kind !== not)
    .map(({ text }) => text)
    .join('');

describe('what became of a text', () => {
  it('is told word by word', () => {
    expect(diffWords('Returns within 60 days.', 'Returns within 90 days, free.')).toEqual([
      { kind: 'same', text: 'Returns within ' },
      { kind: 'removed', text: '60' },
      { kind: 'added', text: '90' },
      { kind: 'same', text: ' days' },
      { kind: 'added', text: ', free' },
      { kind: 'same', text: '.' },
    ]);
    expect(diffWords('same', 'same')).toEqual([{ kind: 'same', text: 'same' }]);
    expect(diffWords('', 'new')).toEqual([{ kind: 'added', text: 'new' }]);
  });

  it('holds both texts whole, whatever they are', () => {
    const prose = fc
      .array(fc.constantFrom('a', 'b', ' ', '.', '\n', 'word'), { maxLength: 40 })
      .map((all) => all.join(''));
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'grapheme' }), prose), prose, (before, after) => {
        const parts = diffWords(before, after);
        expect(side(parts, 'added')).toBe(before);
        expect(side(parts, 'removed')).toBe(after);
      }),
    );
  });

  it('tells very long texts apart as wholes', () => {
    const [before, after] = ['a '.repeat(3000), 'b '.repeat(3000)];
    expect(diffWords(before, after).map(({ kind }) => kind)).toEqual(['removed', 'added', 'same']);
  });
});
