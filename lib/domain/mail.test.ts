import { describe, expect, it } from 'vitest';
import { mailAddress, waitAfter } from './mail';

describe('an address', () => {
  it.each([
    ['jonas.berg@post.example', 'jonas.berg@post.example'],
    ['  a+b@Shop.Example ', 'a+b@shop.example'],
    ["o'neil@xn--bcher-kva.example", "o'neil@xn--bcher-kva.example"],
  ])('%s', (written, address) => {
    expect(mailAddress(written)).toBe(address);
  });

  it.each([
    '',
    'jonas',
    '@post.example',
    'jonas@',
    'jonas@localhost',
    'jonas@post..example',
    'jonas@-post.example',
    '.jonas@post.example',
    'jo..nas@post.example',
    'a@b.example, c@d.example',
    'a@b.example;c@d.example',
    'a@b.example\r\nBcc: c@d.example',
    'a@b.example\u0000',
    '"a b"@post.example',
    'Jonas <jonas@post.example>',
    'a@b@c.example',
    'jonas＠post.example',
    'jönas@post.example',
    'a@127.0.0.1',
    'a@[127.0.0.1]',
    `${'a'.repeat(65)}@post.example`,
    `a@${'b.'.repeat(130)}example`,
  ])('none: %j', (written) => {
    expect(mailAddress(written)).toBeNull();
  });
});

it('a mail is tried for about a day, at first soon and then hourly', () => {
  expect([1, 2, 3, 4].map(waitAfter)).toEqual([10_000, 20_000, 40_000, 80_000]);
  let [attempts, sum] = [1, 0];
  for (let wait = waitAfter(1); wait !== null; wait = waitAfter(++attempts)) {
    expect(wait).toBeLessThanOrEqual(3_600_000);
    sum += wait;
  }
  expect(sum / 3_600_000).toBeGreaterThan(20);
  expect(sum / 3_600_000).toBeLessThan(30);
});
