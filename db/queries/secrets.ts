import type { Database } from '../client';

export interface SecretRow {
  id: string;
  sealed: Buffer;
  keyId: string;
}

export async function insertSecret(
  db: Database,
  { id, sealed, keyId }: SecretRow,
  at: number,
): Promise<void> {
  await db.query(
    'insert into secrets (id, sealed, key_id, created_at) values ($1::uuid, $2::bytea, $3::uuid, $4::timestamptz)',
    [id, sealed, keyId, new Date(at)],
  );
}

export async function findSecret(db: Database, id: string): Promise<SecretRow | null> {
  const [row] = await db.query<{ sealed: Buffer; key_id: string }>(
    'select sealed, key_id from secrets where id = $1::uuid',
    [id],
  );
  return row ? { id, sealed: row.sealed, keyId: row.key_id } : null;
}

export async function deleteSecrets(db: Database, ids: readonly string[]): Promise<void> {
  if (ids.length > 0) await db.query('delete from secrets where id = any($1::uuid[])', [[...ids]]);
}

/** What is sealed by another key than this one. */
export async function listSecretsBefore(db: Database, newestKeyId: string): Promise<SecretRow[]> {
  const rows = await db.query<{ id: string; sealed: Buffer; key_id: string }>(
    'select id, sealed, key_id from secrets where key_id <> $1::uuid',
    [newestKeyId],
  );
  return rows.map(({ id, sealed, key_id }) => ({ id, sealed, keyId: key_id }));
}

/** False when somebody else has sealed it anew meanwhile. */
export async function resealSecret(
  db: Database,
  { id, keyId }: SecretRow,
  next: SecretRow,
): Promise<boolean> {
  const rows = await db.query(
    'update secrets set sealed = $3::bytea, key_id = $4::uuid where id = $1::uuid and key_id = $2::uuid returning id',
    [id, keyId, next.sealed, next.keyId],
  );
  return rows.length === 1;
}
