import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import postgres from 'postgres';

/** Every table, each after those it points to. A test compares the list with the schema. */
export const BACKUP_TABLES = [
  'settings',
  'users',
  'calendars',
  'teams',
  'team_members',
  'sessions',
  'invitations',
  'widgets',
  'customers',
  'visitors',
  'articles',
  'article_versions',
  'embeddings',
  'conversations',
  'messages',
  'events',
  'handoffs',
  'callbacks',
  'calendar_events',
  'wait_forecasts',
  'routing_decisions',
  'sealing_keys',
  'secrets',
  'form_links',
  'form_submissions',
  'form_files',
  'outbox',
  'timers',
  'streams',
  'stream_events',
  'checkpoints',
] as const;

export interface BackupManifest {
  format: 1;
  takenAt: string;
  migration: string;
  rows: Record<string, number>;
}

export class BackupError extends Error {}

/** One consistent snapshot of all tables into a new folder: COPY files and a manifest. Works beside a running server. */
export async function writeBackup(url: string, folder: string, takenAt: number): Promise<BackupManifest> {
  await mkdir(folder, { recursive: true });
  if ((await readdir(folder)).length > 0) throw new BackupError(`${folder} is not empty. Name a new folder.`);
  const client = postgres(url, { max: 1, onnotice: () => {} });
  try {
    return await client.begin('isolation level repeatable read read only', async (sql) => {
      const rows: Record<string, number> = {};
      const [exported] = await sql<{ id: string }[]>`select pg_export_snapshot() as id`;
      for (const table of BACKUP_TABLES) {
        rows[table] = await copyOut(url, exported?.id ?? '', table, path.join(folder, `${table}.copy`));
      }
      const manifest: BackupManifest = {
        format: 1,
        takenAt: new Date(takenAt).toISOString(),
        migration: await newestMigration(sql),
        rows,
      };
      await writeFile(path.join(folder, 'manifest.json'), `${JSON.stringify(manifest, null, 2)}\n`);
      return manifest;
    });
  } finally {
    await client.end({ timeout: 5 });
  }
}

/**
 * One table over a connection of its own, all of them in the same snapshot. The driver can leave a connection paused when a
 * COPY was slowed down by the disk, so that nothing more is ever heard on it: none is used for a second one.
 */
async function copyOut(url: string, snapshot: string, table: string, target: string): Promise<number> {
  const own = postgres(url, { max: 1, onnotice: () => {} });
  const file = createWriteStream(target, { mode: 0o600 });
  const failed = new Promise<never>((_, reject) => file.once('error', reject));
  let lines = 0;
  const copy = async () => {
    await own.unsafe('begin isolation level repeatable read read only');
    await own.unsafe(`set transaction snapshot '${snapshot}'`);
    for await (const chunk of await own`copy ${own(table)} to stdout`.readable()) {
      lines += countLines(chunk);
      if (!file.write(chunk)) await new Promise<void>((resolve) => file.once('drain', () => resolve()));
    }
    await new Promise<void>((resolve) => file.end(() => resolve()));
    return lines;
  };
  try {
    return await Promise.race([copy(), failed]);
  } finally {
    await own.end({ timeout: 0 });
  }
}

/** Into an empty database of the same schema, all or nothing. Refuses where anything would be overwritten. */
export async function restoreBackup(url: string, folder: string): Promise<BackupManifest> {
  const manifest = await readManifest(folder);
  await checkFiles(folder, manifest);
  const client = postgres(url, { max: 1, onnotice: () => {} });
  try {
    await client.begin(async (sql) => {
      const migration = await newestMigration(sql);
      if (migration !== manifest.migration) {
        throw new BackupError(
          'The backup is of another version of the schema. Restore it with that version, then upgrade.',
        );
      }
      for (const table of BACKUP_TABLES) {
        const [found] = await sql<
          { found: boolean }[]
        >`select exists (select 1 from ${sql(table)} ${table === 'streams' ? sql`where seq > 0` : sql``}) as found`;
        if (found?.found)
          throw new BackupError(`The database is not empty (${table}). Restore into a new one.`);
      }
      await sql`delete from streams`;
      for (const table of BACKUP_TABLES) await copyInto(sql, table, path.join(folder, `${table}.copy`));
    });
    return manifest;
  } finally {
    await client.end({ timeout: 5 });
  }
}

async function readManifest(folder: string): Promise<BackupManifest> {
  const text = await readFile(path.join(folder, 'manifest.json'), 'utf8').catch((error: unknown) => {
    throw new BackupError(`${folder} holds no backup: manifest.json could not be read.`, { cause: error });
  });
  const manifest: BackupManifest = JSON.parse(text);
  if (manifest.format !== 1) throw new BackupError('This backup was made by a newer Baton.');
  return manifest;
}

/**
 * The driver never ends a COPY that the server refused after its last row: the statement behind it tells, since it waits
 * for the COPY and is refused in a transaction that has failed.
 */
async function copyInto(sql: postgres.TransactionSql, table: string, file: string): Promise<void> {
  const into = await sql`copy ${sql(table)} from stdin`.writable();
  let cause: unknown = null;
  into.once('error', (error) => {
    cause = error;
  });
  try {
    for await (const chunk of createReadStream(file)) {
      await new Promise<void>((resolve, reject) => {
        into.write(chunk, (error) => (error ? reject(error) : resolve()));
      });
    }
    into.end();
    await sql`select 1`;
  } catch (error) {
    throw new BackupError(`${table}.copy could not be restored, so nothing was.`, { cause: cause ?? error });
  }
}

/** Before anything is written: a file that is missing or was cut short restores nothing. */
async function checkFiles(folder: string, manifest: BackupManifest): Promise<void> {
  for (const table of BACKUP_TABLES) {
    let lines = 0;
    try {
      for await (const chunk of createReadStream(path.join(folder, `${table}.copy`)))
        lines += countLines(chunk);
    } catch (error) {
      throw new BackupError(`${table}.copy could not be read.`, { cause: error });
    }
    if (lines !== manifest.rows[table]) {
      throw new BackupError(
        `${table}.copy holds ${lines} rows, and the manifest says ${manifest.rows[table]}.`,
      );
    }
  }
}

async function newestMigration(sql: postgres.TransactionSql): Promise<string> {
  const [row] = await sql<
    { hash: string }[]
  >`select hash from drizzle.__drizzle_migrations order by id desc limit 1`;
  return row?.hash ?? '';
}

function countLines(chunk: Buffer): number {
  let lines = 0;
  for (const byte of chunk) if (byte === 10) lines++;
  return lines;
}
