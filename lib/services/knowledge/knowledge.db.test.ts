import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createBrain } from '@/lib/brain/brain';
import { openEmbedder } from '@/lib/brain/embed/embedder';
import { learn } from '@/lib/brain/learn';
import { lookUp, type Mind } from '@/lib/brain/mind';
import type { Brain } from '@/lib/domain/judgement';
import { followNotices, tellKnowledgeChanged } from '../notices';
import { openContext } from '../open-context';
import { openTestWorld, type TestWorld } from '../testing';
import { loadKnowledge } from './load';

let world: TestWorld;
beforeEach(async () => {
  world = await openTestWorld();
});
afterEach(() => world.close());

/** A mind whose vectors count letters, and which counts what it is given. */
function countingMind(): Mind & { texts: string[]; fails: boolean } {
  const mind = {
    texts: [] as string[],
    fails: false,
    embedder: openEmbedder('letters', async (texts) => {
      if (mind.fails) throw new Error('no model here');
      mind.texts.push(...texts);
      return texts.map((text) =>
        Int8Array.from({ length: 8 }, (_, place) => 1 + (text.charCodeAt(place) || 0) / 2),
      );
    }),
    learn: async (...[articles, words, known]: Parameters<Mind['learn']>) =>
      learn(articles, words, lookUp(known)),
    close: async () => {},
  };
  return mind;
}

const save = (id: string, title: string, examples: string[]) =>
  world.ctx.db.query(
    `insert into articles (id, title, body, category, examples, version, updated_at)
     values ($1::text, $2::text, 'One paragraph.', '', $3::text[], 1, now())
     on conflict (id) do update set title = excluded.title, examples = excluded.examples, version = articles.version + 1`,
    [id, title, examples],
  );
const keptCount = async () =>
  (await world.ctx.db.query<{ count: number }>('select count(*)::int as count from embeddings'))[0]?.count;
const open = (brain: Brain) => loadKnowledge(world.ctx.db, brain, world.ctx.log, 0);

describe('the vectors of the articles', () => {
  it('are made once: a saved article costs its own new texts, and nothing a second process', async () => {
    await save('a', 'Returns', ['can I send it back', 'how do I return it']);
    await save('b', 'Delivery', ['when does it come']);
    const first = countingMind();
    const knowledge = await open(createBrain(first));
    await knowledge.study();
    expect([...first.texts].sort()).toEqual([
      '',
      'Delivery',
      'One paragraph.',
      'Returns',
      'can I send it back',
      'how do I return it',
      'when does it come',
    ]);
    first.texts.length = 0;
    await save('b', 'Delivery', ['when does it come', 'is it on its way']);
    await knowledge.refresh();
    await knowledge.study();
    expect(first.texts.filter((text) => text !== '')).toEqual(['is it on its way']);

    const second = countingMind();
    await (await open(createBrain(second))).study();
    expect(second.texts.filter((text) => text !== '')).toEqual([]);
  });

  it('of texts that are gone are forgotten when others come', async () => {
    await save('a', 'Returns', ['can I send it back']);
    const knowledge = await open(createBrain(countingMind()));
    await knowledge.study();
    expect(await keptCount()).toBe(3);
    await save('a', 'Refunds', ['I want my money']);
    await knowledge.study();
    expect(await keptCount()).toBe(3);
  });
});

describe('the knowledge base', () => {
  it('is answered from by words until it was studied, and goes on without a model', async () => {
    await save('a', 'Returns', ['can I send it back']);
    const mind = countingMind();
    mind.fails = true;
    const warn = vi.fn();
    const log = { ...world.ctx.log, warn };
    const knowledge = await loadKnowledge(world.ctx.db, createBrain(mind), log, 0);
    const before = knowledge.index();
    expect(before.articleCount).toBe(1);
    await knowledge.study();
    await save('b', 'Delivery', ['when does it come']);
    await knowledge.study();
    expect(knowledge.index().articleCount).toBe(2);
    expect(warn).toHaveBeenCalledTimes(1);
    mind.fails = false;
    await knowledge.study();
    expect(mind.texts.length).toBeGreaterThan(0);
  });

  it('answers from the index before while it is studied again, and studies many changes once', async () => {
    await save('a', 'Returns', ['can I send it back']);
    let studies = 0;
    let finish = () => {};
    const brain: Brain = {
      ...createBrain(),
      study: async (articles) => {
        studies += 1;
        await new Promise<void>((resolve) => {
          finish = resolve;
        });
        return brain.index(articles);
      },
    };
    const knowledge = await open(brain);
    const done = knowledge.study();
    await vi.waitFor(() => expect(studies).toBe(1));
    const before = knowledge.index();
    for (const id of ['b', 'c', 'd']) {
      await save(id, 'Delivery', ['when does it come']);
      await knowledge.refresh();
    }
    expect(knowledge.index()).toBe(before);
    finish();
    await vi.waitFor(() => expect(studies).toBe(2));
    finish();
    await done;
    expect(knowledge.index().articleCount).toBe(4);
    expect(studies).toBe(2);
  });

  it('changed at one server is what the bot goes by at another', async () => {
    const other = await openContext(
      { databaseUrl: world.databaseUrl, secret: world.secret, baseUrl: world.ctx.baseUrl },
      { brain: world.brain, log: world.ctx.log },
    );
    try {
      await followNotices(other, {
        directory: async () => {},
        sessionEnded: () => {},
        agentChanged: () => {},
        customersChanged: () => {},
        settingsChanged: () => {},
      });
      expect(other.knowledge.index().articleCount).toBe(0);
      await save('a', 'Returns', ['can I send it back']);
      await tellKnowledgeChanged(world.ctx);
      expect(world.ctx.knowledge.index().articleCount).toBe(1);
      await vi.waitFor(() => expect(other.knowledge.index().articleCount).toBe(1));
    } finally {
      await other.close();
    }
  });
});
