import type { Database } from '../client';

/** The vectors that are kept of the texts with these digests, as this model made them. */
export async function readEmbeddings(
  db: Database,
  model: string,
  digests: readonly string[],
): Promise<{ digest: string; vector: Buffer }[]> {
  return db.query(
    'select digest, vector from embeddings where model = $1::text and digest = any($2::text[])',
    [model, [...digests]],
  );
}

export async function insertEmbeddings(
  db: Database,
  model: string,
  rows: readonly { digest: string; vector: Buffer }[],
): Promise<void> {
  await db.query(
    `insert into embeddings (model, digest, vector)
     select $1::text, kept.digest, decode(kept.vector, 'base64') from unnest($2::text[], $3::text[]) as kept (digest, vector)
     on conflict do nothing`,
    [model, rows.map(({ digest }) => digest), rows.map(({ vector }) => vector.toString('base64'))],
  );
}

/** Forgets the vectors of all other texts, and of other models. */
export async function deleteOtherEmbeddings(
  db: Database,
  model: string,
  digests: readonly string[],
): Promise<void> {
  await db.query(
    `delete from embeddings e where e.model <> $1::text
       or not exists (select 1 from unnest($2::text[]) as kept (digest) where kept.digest = e.digest)`,
    [model, [...digests]],
  );
}
