import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { deriveKeys } from './keys';
import { signVisitorToken, verifyVisitorToken, visitorTokenIsStale } from './visitor-token';

const DAY = 24 * 60 * 60_000;
const NOW = Date.UTC(2026, 10, 21);
const key = deriveKeys('5e'.repeat(32)).visitor;
const TOKEN = { visitorId: 'v1', widgetId: 'w1', issuedAt: NOW };
const signed = signVisitorToken(key, TOKEN);
const [body = '', signature = ''] = signed.split('.');

describe('a visitor token', () => {
  it('says whose it is, and of which widget', () => {
    expect(verifyVisitorToken(key, signed, NOW)).toEqual(TOKEN);
  });
  it('holds for a day and not a millisecond longer', () => {
    expect(verifyVisitorToken(key, signed, NOW + DAY)).toEqual(TOKEN);
    expect(verifyVisitorToken(key, signed, NOW + DAY + 1)).toBeNull();
  });
  it('is stale after half its life', () => {
    expect(visitorTokenIsStale(TOKEN, NOW + DAY / 2)).toBe(false);
    expect(visitorTokenIsStale(TOKEN, NOW + DAY / 2 + 1)).toBe(true);
  });
  it('is refused with any one character changed', () => {
    for (let index = 0; index < signed.length - 1; index++) {
      const other = signed[index] === 'A' ? 'B' : 'A';
      const tampered = signed.slice(0, index) + other + signed.slice(index + 1);
      expect(verifyVisitorToken(key, tampered, NOW), `character ${index}`).toBeNull();
    }
  });
  it('is refused under another installation’s key, and under another purpose of our own', () => {
    expect(verifyVisitorToken(deriveKeys('5f'.repeat(32)).visitor, signed, NOW)).toBeNull();
    expect(verifyVisitorToken(deriveKeys('5e'.repeat(32)).session, signed, NOW)).toBeNull();
  });
  it.each([
    ['nothing', ''],
    ['a dot', '.'],
    ['no signature', body],
    ['an empty signature', `${body}.`],
    ['a third part', `${signed}.x`],
    ['a cut signature', `${body}.${signature.slice(0, -2)}`],
    ['what is no base64', '%%%.***'],
    ['ten thousand characters', 'A'.repeat(10_000)],
  ])('is refused when it is %s', (_, text) => {
    expect(verifyVisitorToken(key, text, NOW)).toBeNull();
  });
  it.each([
    ['another version', [2, 'v1', 'w1', NOW]],
    ['a visitor that is no text', [1, 7, 'w1', NOW]],
    ['a widget that is no text', [1, 'v1', null, NOW]],
    ['a time that is no number', [1, 'v1', 'w1', 'now']],
    ['no list', {}],
    ['null', null],
  ])('is refused with %s, rightly signed as it may be', (_, content) => {
    const forged = Buffer.from(JSON.stringify(content)).toString('base64url');
    const seal = createHmac('sha256', key).update(`visitor.${forged}`).digest('base64url');
    expect(verifyVisitorToken(key, `${forged}.${seal}`, NOW)).toBeNull();
  });
});
