import { readSetting } from '@/db/queries/settings';
import { type PresenceTimes, presenceTimes } from '@/lib/domain/presence';
import type { Context } from '../context';

/** The setting as it is now: a change holds from the next renewal on. */
export async function readPresenceTimes(ctx: Context): Promise<PresenceTimes> {
  return presenceTimes(await readSetting(ctx.db, 'presence'));
}
