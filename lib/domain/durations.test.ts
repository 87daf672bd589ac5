import { expect, it } from 'vitest';
import { clockText, spanText } from './durations';

const S = 1000;
const M = 60 * S;
const H = 60 * M;
const D = 24 * H;

it.each([
  [-5 * S, '0:00'],
  [0, '0:00'],
  [999, '0:00'],
  [S, '0:01'],
  [48 * S, '0:48'],
  [59 * S + 999, '0:59'],
  [M, '1:00'],
  [14 * M + 20 * S, '14:20'],
  [H - S, '59:59'],
  [H, '1:00:00'],
  [H + 4 * M + 9 * S, '1:04:09'],
  [D - S, '23:59:59'],
  [D, '1 d 0 h'],
  [3 * D + 5 * H, '3 d 5 h'],
])('a clock at %i ms reads %s', (ms, text) => {
  expect(clockText(ms)).toBe(text);
});

it.each([
  [-1, '0 s'],
  [0, '0 s'],
  [499, '0 s'],
  [500, '1 s'],
  [41 * S, '41 s'],
  [59 * S + 499, '59 s'],
  [59 * S + 500, '1 m'],
  [M, '1 m'],
  [3 * M + 41 * S, '3 m 41 s'],
  [H - S, '59 m 59 s'],
  [H, '1 h'],
  [2 * H + 5 * M, '2 h 5 m'],
  [D, '1 d'],
  [3 * D + 4 * H, '3 d 4 h'],
])('a span of %i ms reads %s', (ms, text) => {
  expect(spanText(ms)).toBe(text);
});
