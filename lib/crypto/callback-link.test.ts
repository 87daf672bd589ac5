import { describe, expect, it } from 'vitest';
import { readCallbackLink, signCallbackLink } from './callback-link';
import { deriveKeys } from './keys';
import { signReturnLink } from './return-link';

const { link } = deriveKeys('5e'.repeat(32));
const id = '018f3f7e-7c1a-7000-8000-0123456789ab';

describe('the link of a call', () => {
  it('names the call, and the same text however often it is made', () => {
    expect(readCallbackLink(link, signCallbackLink(link, id))).toBe(id);
    expect(signCallbackLink(link, id)).toBe(signCallbackLink(link, id));
  });

  it('is refused with any character changed, cut, or of another key or purpose', () => {
    const token = signCallbackLink(link, id);
    for (let place = 0; place < token.length; place++) {
      const other = token[place] === 'A' ? 'B' : 'A';
      const changed = `${token.slice(0, place)}${other}${token.slice(place + 1)}`;
      const read = readCallbackLink(link, changed);
      // The last character of base64url holds bits that mean nothing: the same signature, not another link.
      expect(read === null || (place === token.length - 1 && read === id)).toBe(true);
      expect(readCallbackLink(link, token.slice(0, place))).toBeNull();
    }
    expect(readCallbackLink(deriveKeys('5f'.repeat(32)).link, token)).toBeNull();
    const returns = signReturnLink(link, { visitorId: id, addressTag: 'tag', expiresAt: 1 });
    expect(readCallbackLink(link, returns)).toBeNull();
  });
});
