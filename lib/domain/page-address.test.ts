import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pageAddress, pageMatches } from './page-address';

describe('the address of a page', () => {
  it.each([
    ['https://shop.example/cart?token=s3cret#card', 'https://shop.example/cart'],
    ['https://nora:pw@shop.example/', 'https://shop.example/'],
    ['http://localhost:4000/a b', 'http://localhost:4000/a%20b'],
    ['javascript:alert(1)', null],
    ['data:text/html,x', null],
    ['blob:https://shop.example/1', null],
    ['/cart', null],
    ['', null],
  ])('%s is kept as %s', (written, kept) => expect(pageAddress(written)).toBe(kept));

  it('is cut where it is too long', () => {
    expect(pageAddress(`https://shop.example/${'a'.repeat(5000)}`)).toHaveLength(300);
  });

  it.each([
    ['contains', '/enterprise', true],
    ['contains', '/ENTER', true],
    ['contains', 'shop.example/plans', true],
    ['contains', '/shop.example', false],
    ['starts', '/plans', true],
    ['starts', '/enterprise', false],
    ['starts', 'https://shop.', true],
    ['matches', '/plans/enterprise', true],
    ['matches', '/plans', false],
    ['matches', '/plans/*', true],
    ['matches', '*/enterprise', true],
    ['matches', '/p*s/e*e', true],
    ['matches', '/p*s/e*ee', false],
    ['matches', '/plans/enter*erprise', false],
    ['matches', 'https://*.example/*', true],
  ] as const)('%s %s: %s', (how, wanted, expected) => {
    expect(pageMatches('https://shop.example/plans/enterprise', how, [wanted])).toBe(expected);
  });

  it('matches as a pattern that goes back would, and in time that a pattern cannot stretch', () => {
    const text = fc.string({ unit: fc.constantFrom('a', 'b', '/'), maxLength: 12 });
    const pattern = fc.string({ unit: fc.constantFrom('a', 'b', '*'), maxLength: 8 });
    fc.assert(
      fc.property(text, pattern, (path, like) => {
        const expected = new RegExp(`^/${like.replaceAll('*', '.*')}$`).test(`/${path}`);
        expect(pageMatches(`https://x.example/${path}`, 'matches', [`/${like}`])).toBe(expected);
      }),
    );
    expect(pageMatches(`https://x.example/${'a'.repeat(300)}`, 'matches', [`${'*a'.repeat(50)}*b`])).toBe(
      false,
    );
  });
});
