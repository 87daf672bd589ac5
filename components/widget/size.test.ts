import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';

const KIB = 1024;
const gzipped = (name: string) => gzipSync(readFileSync(join('public/built', name))).length;

test('the loader, which every page of a site loads, is at most 3 KiB', () => {
  expect(gzipped('baton.js')).toBeLessThanOrEqual(3 * KIB);
});

test('the widget, loaded when it is opened, is at most 30 KiB with its styles', () => {
  expect(gzipped('widget.js') + gzipped('widget.css')).toBeLessThanOrEqual(30 * KIB);
});

test('the cards that are loaded later are at most 7 KiB', () => {
  expect(gzipped('later.js') + gzipped('later.css')).toBeLessThanOrEqual(7 * KIB);
});

test('what approaches a customer beside the closed chat is at most 2 KiB', () => {
  expect(gzipped('approach.js')).toBeLessThanOrEqual(2 * KIB);
});
