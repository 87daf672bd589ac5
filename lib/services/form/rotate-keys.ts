import { deleteUnusedKeysWrite, listSealedBefore, reseal } from '@/db/queries/forms';
import { listSecretsBefore, resealSecret } from '@/db/queries/secrets';
import { commitSetting } from '@/db/queries/stream';
import { type LoggedActor, loggedActor } from '@/lib/domain/actor';
import type { Context } from '../context';
import { makeSealingKey, sealSecret, sealWith, unsealed, unsealSecret } from './sealing-key';

const BATCH = 20;
const BY: LoggedActor = loggedActor({ kind: 'system', job: 'keys rotate' });

/**
 * A new key seals from now on; what was sealed before is sealed anew, and keys that seal nothing any more are destroyed.
 * Stopped half way, all of it stays readable; the next run goes on.
 */
export async function rotateSealingKeys(
  ctx: Context,
  onProgress: (done: number) => void,
): Promise<{ resealed: number; destroyed: number }> {
  const newest = await makeSealingKey(ctx);
  let resealed = 0;
  for (;;) {
    const batch = await listSealedBefore(ctx.db, newest.id, BATCH);
    if (batch.length === 0) break;
    for (const held of batch) {
      const { linkId, fieldId } = held;
      const plain = await unsealed(ctx, linkId, fieldId, held);
      const { bytes } = sealWith(ctx, newest, linkId, fieldId, plain);
      if (await reseal(ctx.db, held, { sealed: bytes, keyId: newest.id })) resealed += 1;
    }
    onProgress(resealed);
  }
  for (const held of await listSecretsBefore(ctx.db, newest.id)) {
    const next = await sealSecret(ctx, held.id, await unsealSecret(ctx, held));
    if (await resealSecret(ctx.db, held, next)) resealed += 1;
  }
  onProgress(resealed);
  const [before] = await ctx.db.query<{ count: number }>('select count(*)::int as count from sealing_keys');
  const at = ctx.now();
  await commitSetting(ctx.db, ctx.keys.audit, deleteUnusedKeysWrite(newest.id), {
    kind: 'forms.keysRotated',
    actor: BY,
    payload: { keyId: newest.id, resealed },
    at,
  });
  const [after] = await ctx.db.query<{ count: number }>('select count(*)::int as count from sealing_keys');
  return { resealed, destroyed: (before?.count ?? 0) - (after?.count ?? 0) };
}
