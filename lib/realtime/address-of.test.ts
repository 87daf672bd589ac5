import { expect, it } from 'vitest';
import { addressOf } from './address-of';

it('is that of the connection, whatever it says of itself', () => {
  expect(addressOf('203.0.113.7', {})).toBe('203.0.113.7');
  expect(addressOf('203.0.113.7', { 'x-forwarded-for': '198.51.100.1' })).toBe('203.0.113.7');
});

it.each(['127.0.0.1', '::1', '::ffff:127.0.0.1'])(
  'is what a proxy at %s saw, not what that was told',
  (remote) => {
    expect(addressOf(remote, {})).toBe(remote);
    expect(addressOf(remote, { 'x-forwarded-for': '' })).toBe(remote);
    expect(addressOf(remote, { 'x-forwarded-for': '198.51.100.1, 203.0.113.7' })).toBe('203.0.113.7');
  },
);
