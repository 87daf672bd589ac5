import { describe, expect, it } from 'vitest';
import { addressTag, readReturnLink, signReturnLink } from './return-link';
import { signVisitorToken } from './visitor-token';

const key = Buffer.alloc(32, 3);
const link = { visitorId: 'visitor', addressTag: addressTag(key, 'a@b.example'), expiresAt: 1000 };

describe('a link back', () => {
  it('says whom it brings back, and names no address', () => {
    const text = signReturnLink(key, link);
    expect(readReturnLink(key, text)).toEqual(link);
    expect(Buffer.from(text.split('.')[0] ?? '', 'base64url').toString()).not.toContain('a@b');
    expect(text).toMatch(/^[\w-]+\.[\w-]+$/);
  });

  it('is nothing with another key, changed, cut, put together or meant for something else', () => {
    const text = signReturnLink(key, link);
    const [body = '', signature = ''] = text.split('.');
    const other = signReturnLink(key, { ...link, visitorId: 'somebody else' }).split('.');
    for (const wrong of [
      '',
      '.',
      'x',
      body,
      `${body}.`,
      `.${signature}`,
      `${text}.x`,
      `${other[0]}.${signature}`,
      `${body}.${other[1]}`,
      text.slice(0, -1),
      `${body.slice(0, -2)}.${signature}`,
      signVisitorToken(key, { visitorId: 'visitor', widgetId: 'widget', issuedAt: 1 }),
      '%00.%00',
    ]) {
      expect(readReturnLink(key, wrong), wrong).toBeNull();
    }
    expect(readReturnLink(Buffer.alloc(32, 4), text)).toBeNull();
  });

  it('dies with the address', () => {
    expect(addressTag(key, 'a@b.example')).not.toBe(addressTag(key, 'c@b.example'));
  });
});
