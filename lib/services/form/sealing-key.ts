import { randomBytes } from 'node:crypto';
import { findSealingKey, insertSealingKey, newestSealingKey, type SealingKeyRow } from '@/db/queries/forms';
import { seal, unseal } from '@/lib/crypto/sealed';
import type { Answers } from '@/lib/domain/form-template';
import type { Context } from '../context';

const purposeOf = (linkId: string) => `form:${linkId}`;

/** Seals for one link, so that nothing sealed for another can stand in for it. */
export async function sealAnswers(
  ctx: Context,
  linkId: string,
  answers: Answers,
): Promise<{ bytes: Buffer; keyId: string } | null> {
  if (Object.keys(answers).length === 0) return null;
  const row = (await newestSealingKey(ctx.db)) ?? (await makeSealingKey(ctx));
  return sealWith(ctx, row, linkId, answers);
}

export function sealWith(ctx: Context, key: SealingKeyRow, linkId: string, answers: Answers) {
  const bytes = seal(opened(ctx, key), purposeOf(linkId), Buffer.from(JSON.stringify(answers)));
  return { bytes, keyId: key.id };
}

export async function unsealAnswers(
  ctx: Context,
  linkId: string,
  { sealed, keyId }: { sealed: Buffer; keyId: string },
): Promise<Answers> {
  const key = opened(ctx, await findSealingKey(ctx.db, keyId));
  return JSON.parse(unseal(key, purposeOf(linkId), sealed).toString());
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
