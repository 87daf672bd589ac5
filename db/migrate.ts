import { existsSync } from 'node:fs';
import path from 'node:path';
import { drizzle } from 'drizzle-orm/postgres-js';
import { migrate } from 'drizzle-orm/postgres-js/migrator';
import postgres from 'postgres';

const MIGRATION_LOCK = 7_262_019;

/** Brings the schema up to date, one process at a time: drizzle's own migrator takes no lock and fails beside another. */
export async function migrateDatabase(url: string): Promise<void> {
  const client = postgres(url, { max: 1, onnotice: () => {} });
  try {
    await client`select pg_advisory_lock(${MIGRATION_LOCK})`;
    await migrate(drizzle(client), { migrationsFolder: migrationsFolder() });
  } finally {
    await client.end({ timeout: 5 });
  }
}

/** Beside the sources, or beside the bundle in dist/. */
function migrationsFolder(): string {
  const candidates = [path.resolve('db/migrations'), path.resolve(__dirname, '../db/migrations')];
  const found = candidates.find((folder) => existsSync(path.join(folder, 'meta/_journal.json')));
  if (found === undefined) throw new Error(`No migrations found in ${candidates.join(' or ')}`);
  return found;
}
