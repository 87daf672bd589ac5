import { putOffVanishing } from '@/db/queries/agents';
import type { Context } from '../context';
import { readPresenceTimes } from './times';

/** A start after an outage of every server: whoever was at their desk has the grace to come back. */
export async function putOffAfterOutage(ctx: Context): Promise<void> {
  const { graceMs } = await readPresenceTimes(ctx);
  await putOffVanishing(ctx.db, ctx.now(), ctx.now() + graceMs);
}
