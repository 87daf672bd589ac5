import { shortenAgents } from '@/db/queries/agents';
import type { Context } from '../context';

/**
 * This server hears these agents no longer. They count as connected until another that does has had time to say so, and
 * keep their conversations for the grace, so that a reload or a short cut costs nothing.
 */
export async function leave(ctx: Context, agentIds: readonly string[]): Promise<void> {
  if (agentIds.length === 0) return;
  const { leaseMs, graceMs } = ctx.settings.presenceTimes();
  const now = ctx.now();
  await shortenAgents(ctx.db, agentIds, now + Math.min(leaseMs / 2, graceMs), now + graceMs);
}
