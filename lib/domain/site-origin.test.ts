import { expect, it } from 'vitest';
import { siteOriginOf } from './site-origin';

it.each([
  ['https://shop.example', 'https://shop.example'],
  ['https://Shop.Example/tents?x=1#top', 'https://shop.example'],
  ['  shop.example ', 'https://shop.example'],
  ['http://localhost:5173/', 'http://localhost:5173'],
  ['http://127.0.0.1:8080', 'http://127.0.0.1:8080'],
  ['https://[::1]:8443/a', 'https://[::1]:8443'],
  ['https://bücher.example', 'https://xn--bcher-kva.example'],
  ['https://user:word@shop.example', 'https://shop.example'],
])('%s is the site %s', (address, origin) => {
  expect(siteOriginOf(address)).toBe(origin);
});

it.each([
  '',
  '*',
  'https://*.shop.example',
  'ftp://shop.example',
  'javascript://shop.example',
  'data:text/html,x',
  'https://',
  "https://a.example; script-src 'unsafe-inline'",
  'two words',
])('%s is no site', (address) => {
  expect(siteOriginOf(address)).toBeNull();
});
