import { createHash } from 'node:crypto';
import type { Database } from '@/db/client';
import { deleteOtherEmbeddings, insertEmbeddings, readEmbeddings } from '@/db/queries/embeddings';
import type { KeptVectors } from '@/lib/domain/judgement';

/** Vectors in the database, by what their texts say: whoever saves an article pays for its new texts alone. */
export function keptVectors(db: Database): KeptVectors {
  return {
    read: async (model, texts) => {
      const byDigest = new Map(texts.map((text) => [digestOf(text), text]));
      const rows = await readEmbeddings(db, model, [...byDigest.keys()]);
      return new Map(rows.map(({ digest, vector }) => [byDigest.get(digest) ?? '', new Int8Array(vector)]));
    },
    write: (model, vectors) =>
      insertEmbeddings(
        db,
        model,
        [...vectors].map(([text, vector]) => ({ digest: digestOf(text), vector: Buffer.from(vector) })),
      ),
    forgetOthers: (model, texts) => deleteOtherEmbeddings(db, model, texts.map(digestOf)),
  };
}

function digestOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
