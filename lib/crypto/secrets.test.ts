import { describe, expect, it } from 'vitest';
import { bodyHash } from './body-hash';
import { deriveKeys } from './keys';
import { hashLinkToken, newLinkToken } from './link-token';
import { hashPassword, verifyPassword } from './password';
import { seal, unseal } from './sealed';

const key = Buffer.alloc(32, 3);
const plain = Buffer.from('what the site signs with');

describe('sealed at rest', () => {
  it('comes back, and never looks the same twice', () => {
    const sealed = seal(key, 'widget:1', plain);
    expect(unseal(key, 'widget:1', sealed)).toEqual(plain);
    expect(seal(key, 'widget:1', plain).equals(sealed)).toBe(false);
    expect(sealed.includes(plain)).toBe(false);
  });
  it('is refused with another key, another purpose or any byte changed', () => {
    const sealed = seal(key, 'widget:1', plain);
    expect(() => unseal(Buffer.alloc(32, 4), 'widget:1', sealed)).toThrow();
    expect(() => unseal(key, 'widget:2', sealed)).toThrow();
    for (let index = 0; index < sealed.length; index++) {
      const tampered = Buffer.from(sealed);
      tampered[index] = (tampered[index] ?? 0) ^ 1;
      expect(() => unseal(key, 'widget:1', tampered), `byte ${index}`).toThrow();
    }
  });
  it.each([0, 11, 12, 20, 27])('is refused when cut to %i bytes', (length) => {
    expect(() => unseal(key, 'widget:1', seal(key, 'widget:1', plain).subarray(0, length))).toThrow();
  });
});

describe('link tokens', () => {
  it('are 256 random bits of which only the hash is kept', () => {
    const made = Array.from({ length: 200 }, newLinkToken);
    expect(new Set(made.map(({ token }) => token)).size).toBe(200);
    for (const { token, hash } of made) {
      expect(Buffer.from(token, 'base64url')).toHaveLength(32);
      expect(hashLinkToken(token)).toBe(hash);
      expect(hash).not.toContain(token);
    }
  });
});

describe('the hash of a body', () => {
  it('depends on key, message and words, so that a short body cannot be guessed', () => {
    const hash = bodyHash(key, 'm1', 'yes');
    expect(bodyHash(key, 'm1', 'yes')).toBe(hash);
    expect(bodyHash(Buffer.alloc(32, 4), 'm1', 'yes')).not.toBe(hash);
    expect(bodyHash(key, 'm2', 'yes')).not.toBe(hash);
    expect(bodyHash(key, 'm1', 'no')).not.toBe(hash);
  });
});

describe('keys', () => {
  it('differ for every purpose and every installation', () => {
    const all = [deriveKeys('5e'.repeat(32)), deriveKeys('5f'.repeat(32))].flatMap((keys) =>
      Object.values(keys).map((each) => each.toString('hex')),
    );
    expect(new Set(all).size).toBe(12);
    expect(all.every((each) => each.length === 64)).toBe(true);
  });
});

describe('passwords', () => {
  it('are argon2id, salted, and an account without one refuses every password', async () => {
    const stored = await hashPassword('otter under the birch');
    expect(stored).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect(await hashPassword('otter under the birch')).not.toBe(stored);
    expect(await verifyPassword(stored, 'otter under the birch')).toBe(true);
    expect(await verifyPassword(stored, 'otter under the birch ')).toBe(false);
    for (const guess of ['', 'password', 'baton']) expect(await verifyPassword(null, guess)).toBe(false);
  });
});
