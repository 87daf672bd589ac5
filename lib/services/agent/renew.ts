import { renewAgents } from '@/db/queries/agents';
import type { Context } from '../context';

/** This server hears these agents, and promises to for the length of a lease. Answers when to say it again. */
export async function renew(ctx: Context, agentIds: readonly string[]): Promise<{ againInMs: number }> {
  const { leaseMs, renewMs, graceMs } = ctx.settings.presenceTimes();
  if (agentIds.length > 0) {
    const until = ctx.now() + leaseMs;
    await renewAgents(ctx.db, agentIds, until, until + graceMs);
  }
  return { againInMs: renewMs };
}
