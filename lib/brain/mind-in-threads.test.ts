import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ARTICLES } from '@/db/seed/larkfell/articles';
import { DEFAULT_THRESHOLDS } from '@/lib/domain/judgement';
import { serverBuild } from '@/lib/setup/build.mjs';
import { createBrain } from './brain';
import { KEPT_NOWHERE, type Mind, mindHere } from './mind';
import { mindInThreads } from './mind-in-threads';
import { turnsOf } from './test-dialogue';

const WORKER = 'test-results/brain-worker.js';
const articles = ARTICLES.slice(0, 8).map((article) => ({
  ...article,
  examples: [...article.examples],
  updatedAt: 7,
}));
let mind: Mind;

beforeAll(async () => {
  const esbuild = await import('esbuild');
  await esbuild.build(serverBuild('lib/brain/worker.ts', WORKER));
  await esbuild.stop();
  mind = mindInThreads(path.resolve(WORKER));
}, 30_000);
afterAll(() => mind.close());

describe('a mind in threads', { timeout: 60_000 }, () => {
  it('judges as one in this thread does', async () => {
    const [there, here] = [createBrain(mind), createBrain(mindHere())];
    const indexes = [await there.study(articles, KEPT_NOWHERE), await here.study(articles, KEPT_NOWHERE)];
    expect(indexes[0]).toEqual(indexes[1]);
    for (const text of ['my parcel has not come', 'I cannot get into my account', 'do you sell zeppelins']) {
      const [a, b] = await Promise.all(
        [there, here].map((brain, place) =>
          brain.judge({
            turns: turnsOf(text),
            index: indexes[place] ?? { version: '', articleCount: 0 },
            thresholds: DEFAULT_THRESHOLDS,
            now: 0,
            botName: 'Fern',
          }),
        ),
      );
      expect(a).toEqual(b);
    }
  });

  it('gives a text the same vector alone and among others', async () => {
    const [alone] = await mind.embedder.embed(['where is my order']);
    const among = await mind.embedder.embed(['a much longer sentence about tents', 'where is my order', '']);
    expect(among[1]).toEqual(alone);
    expect(among.map((vector) => vector.length)).toEqual([512, 512, 512]);
  });

  it('tells who waits that the thread died, and starts it again for the next', async () => {
    const dying = mindInThreads(path.resolve(WORKER));
    const waiting = expect(dying.embedder.embedInBackground(['hello'])).rejects.toThrow('closed');
    await dying.close();
    await waiting;
    expect(await dying.embedder.embedInBackground(['hello'])).toHaveLength(1);
    await dying.close();
  });

  it('says what is wrong where there is no such thread', async () => {
    await expect(mindInThreads('/nowhere/worker.js').embedder.embed(['hello'])).rejects.toThrow('/nowhere');
  });
});
