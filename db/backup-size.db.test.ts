import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, it } from 'vitest';
import { openTestWorld } from '@/lib/services/testing';
import { writeBackup } from './backup';

it('writes tables that are larger than any buffer on the way', async () => {
  const world = await openTestWorld();
  const folder = await mkdtemp(path.join(tmpdir(), 'backup-'));
  try {
    await world.ctx.db.query(
      `insert into articles (id, title, body, category, examples, version, updated_at)
       select 'article-' || n, 'Title', repeat(md5(n::text), 400), 'Returns', '{}', 1, now() from generate_series(1, 900) n`,
    );
    await world.ctx.db.query(
      `insert into visitors (id, widget_id, created_at) select gen_random_uuid(), $1::uuid, now() from generate_series(1, 4000)`,
      [world.widgetId],
    );
    const manifest = await writeBackup(world.databaseUrl, folder, world.clock.now);
    expect(manifest.rows).toMatchObject({ articles: 900, visitors: 4000 });
    expect((await stat(path.join(folder, 'articles.copy'))).size).toBeGreaterThan(900 * 12_800);
  } finally {
    await world.close();
    await rm(folder, { recursive: true });
  }
});
