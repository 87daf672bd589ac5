import postgres from 'postgres';
import { expect, test } from 'vitest';
import { openTestDatabase } from './testing';

test('two test databases are migrated, empty and apart', async () => {
  const [first, second] = await Promise.all([openTestDatabase(), openTestDatabase()]);
  const [one, other] = [first, second].map(({ url }) => postgres(url, { max: 1, onnotice: () => {} }));
  try {
    await one?.unsafe('create table mine (n int)');
    const tables = await other?.unsafe(
      "select table_name from information_schema.tables where table_schema = 'public'",
    );
    const names = tables?.map((row) => row.table_name);
    expect(names).toContain('conversations');
    expect(names).not.toContain('mine');
    expect(await one?.unsafe('select 1 from conversations')).toHaveLength(0);
  } finally {
    await Promise.all([one?.end(), other?.end()]);
    await Promise.all([first.drop(), second.drop()]);
  }
});

test('a dropped test database is gone', async () => {
  const database = await openTestDatabase();
  await database.drop();
  const client = postgres(database.url, { max: 1, onnotice: () => {} });
  await expect(client`select 1`).rejects.toMatchObject({ code: '3D000' });
  await client.end();
});
