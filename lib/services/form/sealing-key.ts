import { randomBytes } from 'node:crypto';
import {
  findSealingKey,
  insertSealingKey,
  newestSealingKey,
  type SealedSubmission,
  type SealingKeyRow,
} from '@/db/queries/forms';
import type { SecretRow } from '@/db/queries/secrets';
import { seal, unseal } from '@/lib/crypto/sealed';
import type { Context } from '../context';

/** Bound to the link and to the file, so that nothing sealed for another can stand in for it. */
const purposeOf = (linkId: string, fieldId: string | null) =>
  fieldId === null ? `form:${linkId}` : `form:${linkId}:${fieldId}`;

/** What admins gave to log in elsewhere with, sealed by the key that seals now. */
export async function sealSecret(ctx: Context, id: string, plain: Buffer): Promise<SecretRow> {
  const key = await sealingKey(ctx);
  return { id, sealed: seal(opened(ctx, key), `secret:${id}`, plain), keyId: key.id };
}

export async function unsealSecret(ctx: Context, { id, sealed, keyId }: SecretRow): Promise<Buffer> {
  return unseal(opened(ctx, await findSealingKey(ctx.db, keyId)), `secret:${id}`, sealed);
}

/** The key that seals now; made when it is first asked for. */
export async function sealingKey(ctx: Context): Promise<SealingKeyRow> {
  return (await newestSealingKey(ctx.db)) ?? (await makeSealingKey(ctx));
}

/** Seals the answers by a link, or the file of one of its fields. */
export function sealWith(
  ctx: Context,
  key: SealingKeyRow,
  linkId: string,
  fieldId: string | null,
  plain: Buffer,
): { bytes: Buffer; keyId: string } {
  return { bytes: seal(opened(ctx, key), purposeOf(linkId, fieldId), plain), keyId: key.id };
}

export async function unsealed(
  ctx: Context,
  linkId: string,
  fieldId: string | null,
  { sealed, keyId }: SealedSubmission,
): Promise<Buffer> {
  const key = opened(ctx, await findSealingKey(ctx.db, keyId));
  return unseal(key, purposeOf(linkId, fieldId), sealed);
}

/** The newest is the one that seals from then on. */
export async function makeSealingKey(ctx: Context): Promise<SealingKeyRow> {
  const id = ctx.newId();
  const row = { id, sealed: seal(ctx.keys.rest, `sealing-key:${id}`, randomBytes(32)) };
  await insertSealingKey(ctx.db, row, ctx.now());
  return row;
}

function opened(ctx: Context, { id, sealed }: SealingKeyRow): Buffer {
  return unseal(ctx.keys.rest, `sealing-key:${id}`, sealed);
}
