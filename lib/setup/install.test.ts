import { expect, test } from 'vitest';
import { matches } from './install.mjs';

const wanted = {
  '': { version: '0.1.0' },
  'node_modules/one': { version: '1.0.0', integrity: 'a' },
  'node_modules/for-another-system': { version: '2.0.0', integrity: 'b', optional: true },
};

test('an installation fits its lock file without the packages of other systems', () => {
  expect(matches(wanted, { 'node_modules/one': { version: '1.0.0', integrity: 'a' } })).toBe(true);
});

test('a package that is missing, of another version or of another content does not fit', () => {
  expect(matches(wanted, {})).toBe(false);
  expect(matches(wanted, { 'node_modules/one': { version: '1.0.1', integrity: 'a' } })).toBe(false);
  expect(matches(wanted, { 'node_modules/one': { version: '1.0.0', integrity: 'z' } })).toBe(false);
});

test('a package that the lock file does not know does not fit', () => {
  const one = { version: '1.0.0', integrity: 'a' };
  expect(matches(wanted, { 'node_modules/one': one, 'node_modules/left-over': { version: '1.0.0' } })).toBe(
    false,
  );
});
