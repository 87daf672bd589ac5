import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { createBrain } from '@/lib/brain/brain';
import type { AgentActor } from '@/lib/domain/actor';
import { verifyAudit } from '../audit/verify';
import { followNotices } from '../notices';
import { openContext } from '../open-context';
import { expectNoChange, expectRefused } from '../test-ledger';
import { openTestWorld, type TestWorld } from '../testing';
import { archiveArticle } from './archive';
import { changeArticle } from './change';
import { createArticle } from './create';
import { importArticles } from './import';
import { listArticles, readArticle, readVersion } from './read';
import { tryQuestion } from './try';

let world: TestWorld;
let admin: AgentActor;
beforeAll(async () => {
  world = await openTestWorld();
  admin = await world.agent('Jonas', 'admin');
});
afterAll(() => world.close());

const words = (title: string) => ({
  title,
  category: 'Returns',
  body: 'Sixty days, **also** used.',
  examples: [' can I  return it? ', 'Can I return it?', ''],
});
const logged = () =>
  world.ctx.db.query<{ kind: string; payload: Record<string, unknown> }>(
    `select kind, payload from stream_events where kind like 'article.%' order by seq`,
  );

describe('an article', () => {
  it('is made, changed over the version that was seen, archived and restored; what it said is kept', async () => {
    const made = await createArticle(world.ctx, admin, words('Returns & refunds'));
    expect(made).toMatchObject({ id: 'returns-refunds', version: 1, examples: ['can I return it?'] });
    const twin = await createArticle(world.ctx, admin, words('Returns & refunds'));
    expect(twin.id).toBe('returns-refunds-2');
    expect(world.ctx.knowledge.index().articleCount).toBe(2);

    const change = { id: made.id, version: 1, ...words('Returns') };
    expect(await changeArticle(world.ctx, admin, change)).toMatchObject({ version: 2, title: 'Returns' });
    await expectNoChange(world, () => changeArticle(world.ctx, admin, { ...change, version: 2 }));
    const refusal = await expectRefused(world, 'conflict', () =>
      changeArticle(world.ctx, admin, { ...change, title: 'Mine' }),
    );
    expect(refusal.message).toMatch(/^Jonas changed this article/);

    const archive = { id: made.id, version: 2, archived: true };
    await archiveArticle(world.ctx, admin, archive);
    expect(world.ctx.knowledge.index().articleCount).toBe(1);
    await expectNoChange(world, () => archiveArticle(world.ctx, admin, archive));
    expect(await listArticles(world.ctx, admin, { archived: true, search: 'SIXTY return' })).toMatchObject([
      { id: made.id, version: 3, examples: 1, changedBy: 'Jonas' },
    ]);
    expect(await listArticles(world.ctx, admin, { archived: false, search: 'sixty months' })).toEqual([]);
    await archiveArticle(world.ctx, admin, { ...archive, version: 3, archived: false });
    expect(world.ctx.knowledge.index().articleCount).toBe(2);

    const { article, versions } = await readArticle(world.ctx, admin, made.id);
    expect(article).toMatchObject({ version: 4, archivedAt: null });
    expect(versions.map(({ version, archived }) => [version, archived])).toEqual([
      [4, false],
      [3, true],
      [2, false],
      [1, false],
    ]);
    expect(await readVersion(world.ctx, admin, { id: made.id, version: 1 })).toMatchObject({
      title: 'Returns & refunds',
    });
    await expectRefused(world, 'not_found', () => readVersion(world.ctx, admin, { id: made.id, version: 9 }));
    await expectRefused(world, 'not_found', () => readArticle(world.ctx, admin, 'No such'));
  });

  it('is in the log by id, version and parts, with no word of it; the chain holds', async () => {
    expect((await logged()).map(({ kind, payload }) => [kind, payload.version, payload.changed])).toEqual([
      ['article.created', 1, undefined],
      ['article.created', 1, undefined],
      ['article.changed', 2, ['title']],
      ['article.archived', 3, undefined],
      ['article.restored', 4, undefined],
    ]);
    expect(JSON.stringify(await logged())).not.toContain('Sixty');
    expect((await verifyAudit(world.ctx, () => {})).faults).toEqual([]);
  });

  it('is changed by one of two who saw the same', async () => {
    const { id } = await createArticle(world.ctx, admin, words('Race'));
    const both = await Promise.allSettled(
      ['One', 'Two'].map((title) => changeArticle(world.ctx, admin, { id, version: 1, ...words(title) })),
    );
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect((await readArticle(world.ctx, admin, id)).versions).toHaveLength(2);
  });

  it('is written by admins, read by supervisors, and tidied or refused', async () => {
    const zoe = await world.agent('Zoe', 'supervisor');
    await expectRefused(world, 'forbidden', () => createArticle(world.ctx, zoe, words('A')));
    await expectRefused(world, 'forbidden', () =>
      changeArticle(world.ctx, zoe, { id: 'race', version: 2, ...words('A') }),
    );
    await expectRefused(world, 'forbidden', () =>
      archiveArticle(world.ctx, zoe, { id: 'race', version: 2, archived: true }),
    );
    await expectRefused(world, 'forbidden', () =>
      importArticles(world.ctx, zoe, { dryRun: false, files: [{ name: 'a.md', text: '# A\n\nB' }] }),
    );
    expect(await listArticles(world.ctx, zoe, { archived: false, search: '' })).toHaveLength(3);
    await expectRefused(world, 'forbidden', () =>
      listArticles(world.ctx, world.ana, { archived: false, search: '' }),
    );
    for (const wrong of [{ title: ' ' }, { body: '' }, { body: 'a\u0000' }, { title: 'a'.repeat(121) }]) {
      await expectRefused(world, 'invalid', () =>
        createArticle(world.ctx, admin, { ...words('A'), ...wrong }),
      );
    }
  });
});

describe('files', () => {
  it('are made into articles, change those they name, and are refused one by one', async () => {
    const files = [
      { name: 'help/shipping.md', text: '---\ntitle: Shipping\nexamples:\n- when\n---\nTwo days.' },
      { name: 'race.md', text: '---\ntitle: Race\n---\nFast.' },
      { name: 'bad.md', text: '---\ntitle: Bad\nmood: x\n---\nB' },
      { name: 'other/shipping.md', text: '# Twice\n\nB' },
    ];
    const outcome = (report: Awaited<ReturnType<typeof importArticles>>) =>
      report.map((file) => file.outcome);
    const before = await logged();
    const told = await importArticles(world.ctx, admin, { files, dryRun: true });
    expect(outcome(told)).toEqual(['created', 'changed', 'refused', 'refused']);
    expect(await logged()).toEqual(before);
    const done = await importArticles(world.ctx, admin, { files, dryRun: false });
    expect(done).toEqual(told);
    expect(done[2]).toMatchObject({ faults: [{ line: 3, message: expect.stringContaining('mood') }] });
    expect(done[3]).toMatchObject({ faults: [{ message: expect.stringContaining('help/shipping.md') }] });
    expect(
      outcome(await importArticles(world.ctx, admin, { files: files.slice(0, 2), dryRun: false })),
    ).toEqual(['unchanged', 'unchanged']);
    const shipping = (await readArticle(world.ctx, admin, 'shipping')).article;
    expect(shipping).toMatchObject({ title: 'Shipping', body: 'Two days.', examples: ['when'] });
    await archiveArticle(world.ctx, admin, { id: 'shipping', version: shipping.version, archived: true });
    expect(
      outcome(await importArticles(world.ctx, admin, { files: files.slice(0, 1), dryRun: false })),
    ).toEqual(['refused']);
  });
});

describe('a question that is tried', () => {
  it('is answered by the live bot of every server as soon as an article is saved', async () => {
    const other = await openContext(
      { databaseUrl: world.databaseUrl, secret: world.secret, baseUrl: world.ctx.baseUrl },
      { brain: createBrain(), log: world.ctx.log },
    );
    try {
      await followNotices(other, {
        directory: async () => {},
        sessionEnded: () => {},
        agentChanged: () => {},
        customersChanged: () => {},
        settingsChanged: () => {},
      });
      const made = await createArticle(world.ctx, admin, {
        title: 'Bottles',
        category: '',
        body: 'The green bottle is free of plastic.',
        examples: ['is the green bottle free of plastic', 'plastic in the green bottle?'],
      });
      const ask = () => tryQuestion(other, admin, { question: 'Is the green bottle free of plastic?' });
      await vi.waitFor(async () => expect((await ask()).articles[0]?.id).toBe(made.id));
      const tried = await ask();
      expect(tried.confidence).toBeGreaterThan(0.4);
      expect(tried).toMatchObject({ offer: null, learning: false, threshold: 0.4 });
      expect(tried.reply).toContain('free of plastic');
      await archiveArticle(world.ctx, admin, { id: made.id, version: 1, archived: true });
      await vi.waitFor(async () => expect((await ask()).articles.map(({ id }) => id)).not.toContain(made.id));
    } finally {
      await other.close();
    }
  });
});
