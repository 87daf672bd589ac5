import { expect, it } from 'vitest';
import { readFormLink, signFormLink } from './form-link';
import { signReturnLink } from './return-link';

const key = Buffer.alloc(32, 3);
const link = { linkId: 'link', expiresAt: 1000 };

it('a link to a form says which and until when', () => {
  const text = signFormLink(key, link);
  expect(readFormLink(key, text)).toEqual(link);
  expect(text).toMatch(/^[\w-]+\.[\w-]+$/);
});

it('is nothing with any one character changed, another key, or meant for something else', () => {
  const text = signFormLink(key, link);
  for (let index = 0; index < text.length - 1; index++) {
    const changed = text.slice(0, index) + (text[index] === 'A' ? 'B' : 'A') + text.slice(index + 1);
    expect(readFormLink(key, changed), `character ${index}`).toBeNull();
  }
  expect(readFormLink(Buffer.alloc(32, 4), text)).toBeNull();
  expect(
    readFormLink(key, signReturnLink(key, { visitorId: 'v', addressTag: 't', expiresAt: 1 })),
  ).toBeNull();
  for (const wrong of ['', '.', 'x', `${text}.x`, '%00.%00']) expect(readFormLink(key, wrong)).toBeNull();
});
