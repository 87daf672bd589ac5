import type { AgentActor } from '@/lib/domain/actor';
import type { Context } from '../context';
import { AGENT_VANISHED, vanish } from './vanish';

/** The agent was here, and their lease and grace are over: what the timer does then. */
export async function goneForGood(ctx: Context, agent: AgentActor): Promise<void> {
  const now = ctx.now();
  await ctx.db.query('update users set connected_until = $2::timestamptz where id = $1::uuid', [
    agent.id,
    new Date(now - 1),
  ]);
  const key = `presence:${agent.id}`;
  await vanish(
    { ...ctx, hears: () => false },
    { key, kind: AGENT_VANISHED, conversationId: '', dueAt: now, attempts: 1 },
  );
}
