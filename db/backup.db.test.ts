import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import postgres from 'postgres';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { verifyAudit } from '@/lib/services/audit/verify';
import { openContext } from '@/lib/services/open-context';
import { openTestWorld, type TestWorld } from '@/lib/services/testing';
import { BACKUP_TABLES, restoreBackup, writeBackup } from './backup';
import { openTestDatabase, type TestDatabase } from './testing';

let world: TestWorld;
let base: string;
let folders = 0;
const AT = Date.UTC(2026, 10, 21);
beforeAll(async () => {
  base = await mkdtemp(path.join(tmpdir(), 'backup-'));
  world = await openTestWorld();
  for (const state of ['bot', 'offered', 'pending', 'active'] as const) await world.conversation(state);
});
afterAll(async () => {
  await world.close();
  await rm(base, { recursive: true });
});

let folder: string;
beforeEach(() => {
  folder = path.join(base, `taken-${++folders}`);
});

async function contents(url: string): Promise<Record<string, string>> {
  const client = postgres(url, { max: 1, onnotice: () => {} });
  const found: Record<string, string> = {};
  for (const table of BACKUP_TABLES) {
    const [row] = await client.unsafe(
      `select count(*) || ' ' || md5(coalesce(string_agg(t::text, '|' order by t::text), '')) as content from ${table} t`,
    );
    found[table] = row?.content;
  }
  await client.end();
  return found;
}

async function withDatabase(use: (target: TestDatabase) => Promise<void>): Promise<void> {
  const target = await openTestDatabase();
  try {
    await use(target);
  } finally {
    await target.drop();
  }
}

describe('backup and restore', () => {
  it('names every table of the schema, each after those it points to', async () => {
    const client = postgres(world.databaseUrl, { max: 1, onnotice: () => {} });
    const tables = await client<{ name: string }[]>`
      select table_name as name from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE'`;
    expect([...BACKUP_TABLES].sort()).toEqual(tables.map(({ name }) => name).sort());
    const links = await client<{ child: string; parent: string }[]>`
      select conrelid::regclass::text as child, confrelid::regclass::text as parent from pg_constraint
      where contype = 'f' and connamespace = 'public'::regnamespace`;
    await client.end();
    expect(links.length).toBeGreaterThan(10);
    const order: readonly string[] = BACKUP_TABLES;
    const place = (name: string) => order.indexOf(name);
    for (const { child, parent } of links)
      expect(place(child), `${child} after ${parent}`).toBeGreaterThan(place(parent));
  });

  it('brings back every row, and an audit trail that still proves itself', async () => {
    const manifest = await writeBackup(world.databaseUrl, folder, AT);
    expect(manifest.takenAt).toBe('2026-11-21T00:00:00.000Z');
    expect(manifest.rows.conversations).toBe(4);
    await withDatabase(async (target) => {
      expect(await restoreBackup(target.url, folder)).toEqual(manifest);
      expect(await contents(target.url)).toEqual(await contents(world.databaseUrl));
      const restored = await openContext(
        { databaseUrl: target.url, secret: world.secret, baseUrl: world.ctx.baseUrl },
        { brain: world.brain, log: world.ctx.log },
      );
      expect(await verifyAudit(restored, () => {})).toMatchObject({ faults: [], chains: 5 });
      await restored.close();
    });
  });

  it('keeps every character of a message', async () => {
    const strange = 'tab\t newline\n back\\slash \\N \\. quote" \u2028 👩‍👩‍👧';
    await world.ctx.db.query('update messages set body = $1::text where seq = 2', [strange]);
    await writeBackup(world.databaseUrl, folder, AT);
    await withDatabase(async (target) => {
      await restoreBackup(target.url, folder);
      expect(await contents(target.url)).toEqual(await contents(world.databaseUrl));
    });
  });

  it('writes files that only their owner may read', async () => {
    await writeBackup(world.databaseUrl, folder, AT);
    for (const file of await readdir(folder)) {
      if (file.endsWith('.copy')) expect((await stat(path.join(folder, file))).mode & 0o077, file).toBe(0);
    }
  });

  it('refuses a folder that holds something, and leaves it as it was', async () => {
    await writeBackup(world.databaseUrl, folder, AT);
    const before = await readdir(folder);
    await expect(writeBackup(world.databaseUrl, folder, AT)).rejects.toThrow(/is not empty/);
    expect(await readdir(folder)).toEqual(before);
  });

  it('refuses a database that holds something, and leaves it as it was', async () => {
    await writeBackup(world.databaseUrl, folder, AT);
    const before = await contents(world.databaseUrl);
    await expect(restoreBackup(world.databaseUrl, folder)).rejects.toThrow(/not empty/);
    expect(await contents(world.databaseUrl)).toEqual(before);
  });

  it('refuses a folder without a backup, one of another schema, and one of a newer Baton', async () => {
    await withDatabase(async (target) => {
      const empty = await contents(target.url);
      await expect(restoreBackup(target.url, folder)).rejects.toThrow(/holds no backup/);
      await writeBackup(world.databaseUrl, folder, AT);
      const file = path.join(folder, 'manifest.json');
      const manifest = await readFile(file, 'utf8');
      await writeFile(file, manifest.replace(/"migration": "\w+"/, '"migration": "other"'));
      await expect(restoreBackup(target.url, folder)).rejects.toThrow(/another version/);
      await writeFile(file, manifest.replace('"format": 1', '"format": 2'));
      await expect(restoreBackup(target.url, folder)).rejects.toThrow(/newer Baton/);
      await writeFile(file, 'no JSON');
      await expect(restoreBackup(target.url, folder)).rejects.toThrow();
      expect(await contents(target.url)).toEqual(empty);
    });
  });

  it('restores all or nothing when a file is cut short, spoilt or missing', async () => {
    await withDatabase(async (target) => {
      const empty = await contents(target.url);
      await writeBackup(world.databaseUrl, folder, AT);
      const events = path.join(folder, 'events.copy');
      const whole = await readFile(events);
      await writeFile(events, whole.subarray(0, whole.length - 20));
      await expect(restoreBackup(target.url, folder)).rejects.toThrow();
      expect(await contents(target.url)).toEqual(empty);
      await writeFile(events, whole.toString('latin1').replace(/^[0-9a-f]{8}/, 'not-an-id'), 'latin1');
      await expect(restoreBackup(target.url, folder)).rejects.toThrow(/events.copy could not be restored/);
      expect(await contents(target.url)).toEqual(empty);
      await writeFile(events, whole.subarray(0, whole.lastIndexOf(10, whole.length - 2) + 1));
      await expect(restoreBackup(target.url, folder)).rejects.toThrow(/events/);
      expect(await contents(target.url)).toEqual(empty);
      await rm(events);
      await expect(restoreBackup(target.url, folder)).rejects.toThrow();
      expect(await contents(target.url)).toEqual(empty);
    });
  });
});
