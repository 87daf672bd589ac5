import { describe, expect, it } from 'vitest';
import { openEmbedder } from './embedder';
import type { Vector } from './vector';

/** A model that answers when told to; each vector holds the length of its text. */
function heldModel() {
  const begun: { texts: readonly string[]; finish(): void; fail(error: Error): void }[] = [];
  const run = (texts: readonly string[]) =>
    new Promise<Vector[]>((resolve, reject) => {
      begun.push({
        texts,
        finish: () => resolve(texts.map((text) => Int8Array.of(text.length))),
        fail: reject,
      });
    });
  return { begun, run };
}

const many = (count: number) => Array.from({ length: count }, (_, place) => 'x'.repeat(place));
const settle = () => new Promise<void>((resolve) => setImmediate(resolve));

describe('an embedder', () => {
  it('gives the model at most 16 texts at a time, and each text its own vector', async () => {
    const { begun, run } = heldModel();
    const answer = openEmbedder('m', run).embedInBackground(many(40));
    for (const size of [16, 16, 8]) {
      expect(begun.at(-1)?.texts).toHaveLength(size);
      begun.at(-1)?.finish();
      await settle();
    }
    expect((await answer).map((vector) => vector[0])).toEqual(many(40).map((text) => text.length));
  });

  it('lets a question overtake a knowledge base', async () => {
    const { begun, run } = heldModel();
    const embedder = openEmbedder('m', run);
    const base = embedder.embedInBackground(many(32));
    const question = embedder.embed(['where is it']);
    begun[0]?.finish();
    await settle();
    expect(begun[1]?.texts).toEqual(['where is it']);
    begun[1]?.finish();
    expect(await question).toEqual([Int8Array.of(11)]);
    await settle();
    begun[2]?.finish();
    expect(await base).toHaveLength(32);
  });

  it('fails those who waited for a batch that failed, and goes on', async () => {
    const { begun, run } = heldModel();
    const embedder = openEmbedder('m', run);
    const first = embedder.embed(['a']);
    begun[0]?.fail(new Error('out of memory'));
    await expect(first).rejects.toThrow('out of memory');
    const second = embedder.embed(['bb']);
    begun[1]?.finish();
    expect(await second).toEqual([Int8Array.of(2)]);
  });

  it('answers nothing with nothing', async () => {
    expect(await openEmbedder('m', heldModel().run).embed([])).toEqual([]);
  });
});
