import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { signIdentity, verifyIdentity } from './identity';

const NOW = Date.UTC(2026, 10, 21);
const SECRET = Buffer.alloc(32, 7);
const exp = NOW / 1000 + 600;
const CLAIMS = { sub: 'customer-9', exp, name: 'Cy Marsh', email: 'cy@example.com' };

function token(head: unknown, claims: unknown, secret: Buffer | null = SECRET): string {
  const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const content = `${part(head)}.${part(claims)}`;
  return secret
    ? `${content}.${createHmac('sha256', secret).update(content).digest('base64url')}`
    : `${content}.`;
}
const HS256 = { alg: 'HS256', typ: 'JWT' };

describe('the site’s word on its customer', () => {
  it('is taken when it is signed with the widget’s secret and still fresh', () => {
    expect(verifyIdentity(SECRET, signIdentity(SECRET, CLAIMS), NOW)).toEqual(CLAIMS);
    expect(verifyIdentity(SECRET, token(HS256, CLAIMS), NOW)).toEqual(CLAIMS);
  });
  it.each([
    ['alg none without a signature', token({ alg: 'none' }, CLAIMS, null)],
    ['alg none, rightly signed', token({ alg: 'none' }, CLAIMS)],
    ['alg None', token({ alg: 'None' }, CLAIMS)],
    ['alg HS512', token({ alg: 'HS512' }, CLAIMS)],
    ['alg RS256 with the secret as its key', token({ alg: 'RS256' }, CLAIMS)],
    ['no algorithm', token({}, CLAIMS)],
    ['another key', token(HS256, CLAIMS, Buffer.alloc(32, 8))],
    ['an empty key', token(HS256, CLAIMS, Buffer.alloc(0))],
    ['an end that has passed', token(HS256, { ...CLAIMS, exp: NOW / 1000 - 1 })],
    ['no end', token(HS256, { sub: 'customer-9' })],
    ['an end beyond a day', token(HS256, { ...CLAIMS, exp: NOW / 1000 + 24 * 3600 + 1 })],
    ['an end that is a text', token(HS256, { ...CLAIMS, exp: String(exp) })],
    ['no customer', token(HS256, { exp })],
    ['an empty customer', token(HS256, { ...CLAIMS, sub: '' })],
    ['a customer too long', token(HS256, { ...CLAIMS, sub: 'x'.repeat(201) })],
    ['an e-mail address that is none', token(HS256, { ...CLAIMS, email: '<script>' })],
    ['claims that are no object', token(HS256, 'customer-9')],
    ['a head that is no JSON', `x.${token(HS256, CLAIMS).split('.').slice(1).join('.')}`],
    ['two parts', token(HS256, CLAIMS).split('.').slice(0, 2).join('.')],
    ['four parts', `${token(HS256, CLAIMS)}.x`],
    ['nothing', ''],
  ])('is refused with %s', (_, text) => {
    expect(verifyIdentity(SECRET, text, NOW)).toBeNull();
  });
  it('holds up to the second it ends, and for a day at most', () => {
    expect(verifyIdentity(SECRET, token(HS256, { ...CLAIMS, exp: NOW / 1000 }), NOW)).not.toBeNull();
    expect(
      verifyIdentity(SECRET, token(HS256, { ...CLAIMS, exp: NOW / 1000 + 24 * 3600 }), NOW),
    ).not.toBeNull();
  });
});
