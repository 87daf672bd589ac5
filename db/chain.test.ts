import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonical, chainHash, eventContent, hmacPads } from './chain';

describe('canonical text', () => {
  it('does not depend on the order in which keys were written', () => {
    expect(canonical({ b: 1, a: { d: [1, 'x'], c: null } })).toBe('{"a":{"c":null,"d":[1,"x"]},"b":1}');
    expect(canonical({ a: { c: null, d: [1, 'x'] }, b: 1 })).toBe(
      canonical({ b: 1, a: { d: [1, 'x'], c: null } }),
    );
  });
  it('keeps the order of lists, and leaves out what is undefined as JSON does', () => {
    expect(canonical([2, 1])).toBe('[2,1]');
    expect(canonical({ a: undefined, b: 0 })).toBe('{"b":0}');
  });
  it('tells apart what is different', () => {
    expect(canonical({ a: '1' })).not.toBe(canonical({ a: 1 }));
    expect(canonical({ a: null })).not.toBe(canonical({}));
    expect(canonical(['a,b'])).not.toBe(canonical(['a', 'b']));
  });
  it('is JSON that reads back as the same value, whatever the value', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const plain = JSON.parse(JSON.stringify(value));
        expect(JSON.parse(canonical(plain))).toEqual(plain);
        expect(canonical(JSON.parse(canonical(plain)))).toBe(canonical(plain));
      }),
    );
  });
});

describe('chain hash', () => {
  const key = Buffer.alloc(32, 9);
  const content = eventContent({
    kind: 'note.added',
    actor: { kind: 'bot', name: 'Fern' },
    payload: {},
    at: 1,
  });
  const hash = chainHash(key, Buffer.alloc(0), 'c1', 1, content);

  it('changes with key, previous hash, chain, place and content', () => {
    for (const other of [
      chainHash(Buffer.alloc(32, 8), Buffer.alloc(0), 'c1', 1, content),
      chainHash(key, hash, 'c1', 1, content),
      chainHash(key, Buffer.alloc(0), 'c2', 1, content),
      chainHash(key, Buffer.alloc(0), 'c1', 2, content),
      chainHash(key, Buffer.alloc(0), 'c1', 1, `${content} `),
    ]) {
      expect(other.equals(hash)).toBe(false);
    }
  });
  it('is the HMAC that the two pads make, which is how SQL computes it', () => {
    const pads = hmacPads(key);
    const inner = createHash('sha256').update(pads.inner).update(`c1:1:${content}`).digest();
    const outer = createHash('sha256').update(pads.outer).update(inner).digest();
    expect(outer.equals(hash)).toBe(true);
  });
});
