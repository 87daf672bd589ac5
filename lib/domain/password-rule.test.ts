import { expect, it } from 'vitest';
import { MAX_PASSWORD_LENGTH, MIN_PASSWORD_LENGTH, passwordFault } from './password-rule';

const EMAIL = 'ana.lindqvist@larkfell.example';

it.each([
  ['too short by one', 'x'.repeat(MIN_PASSWORD_LENGTH - 1), /at least 10/],
  ['empty', '', /at least 10/],
  ['too long by one', 'x'.repeat(MAX_PASSWORD_LENGTH + 1), /at most 128/],
  ['among the first that are tried', 'password123', /first that are tried/],
  ['the same in capitals', 'PASSWORD123', /first that are tried/],
  ['the address', EMAIL, /e-mail address/],
  ['the address in capitals', EMAIL.toUpperCase(), /e-mail address/],
])('refuses one that is %s', (_, password, words) => {
  expect(passwordFault(password, EMAIL)).toMatch(words);
});

it.each([
  ['just long enough', 'k9'.repeat(MIN_PASSWORD_LENGTH / 2)],
  ['as long as allowed', 'k'.repeat(MAX_PASSWORD_LENGTH)],
  ['of words and spaces', 'otter under the birch'],
  ['without any rule of composition', 'nocapitalsordigits'],
])('takes one that is %s', (_, password) => {
  expect(passwordFault(password, EMAIL)).toBeNull();
});
