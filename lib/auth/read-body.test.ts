import { describe, expect, it } from 'vitest';
import { readBytes, readText } from './read-body';

const posted = (body: BodyInit, headers: Record<string, string> = {}) =>
  new Request('http://desk.example/', { method: 'POST', body, headers, duplex: 'half' } as RequestInit);

/** Tells how much of it was taken, and never ends by itself. */
function endless() {
  const taken = { chunks: 0, cancelled: false };
  const body = new ReadableStream<Uint8Array>({
    pull: (stream) => {
      taken.chunks++;
      stream.enqueue(new Uint8Array(1000));
    },
    cancel: () => {
      taken.cancelled = true;
    },
  });
  return { body, taken };
}

describe('a posted body', () => {
  it('is read whole up to its limit, and not one byte beyond', async () => {
    expect((await readBytes(posted('x'.repeat(100)), 100))?.toString()).toBe('x'.repeat(100));
    expect(await readBytes(posted('x'.repeat(101)), 100)).toBeNull();
    expect(await readBytes(posted('x', { 'content-length': '101' }), 100)).toBeNull();
    expect((await readBytes(new Request('http://desk.example/', { method: 'POST' }), 100))?.length).toBe(0);
  });

  it('without an end is let go of once it is too much', async () => {
    const { body, taken } = endless();
    expect(await readBytes(posted(body), 10_000)).toBeNull();
    expect(taken.cancelled).toBe(true);
    expect(taken.chunks).toBeLessThan(20);
  });

  it('is held to its length as a text, in any script', async () => {
    for (const letter of ['a', 'ж', '語']) {
      expect(await readText(posted(letter.repeat(50)), 50)).toBe(letter.repeat(50));
      expect(await readText(posted(letter.repeat(51)), 50)).toBeNull();
    }
    expect(await readText(posted('👋'.repeat(25)), 50)).toBe('👋'.repeat(25));
  });
});
