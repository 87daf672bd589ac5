import { putOffVanishing } from '@/db/queries/agents';
import type { Context } from '../context';

/** A start after an outage of every server: whoever was at their desk has the grace to come back. */
export async function putOffAfterOutage(ctx: Context): Promise<void> {
  const { graceMs } = ctx.settings.presenceTimes();
  await putOffVanishing(ctx.db, ctx.now(), ctx.now() + graceMs);
}
