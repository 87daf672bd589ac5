import { type RingRow, readRings } from '@/db/queries/routing';
import { LONGEST_SHIFT_MS } from '@/lib/domain/longest-shift';
import { visitorLabel } from '@/lib/domain/visitor-label';
import type { RingView, WhyThisAgent } from '@/lib/protocol';
import type { Context } from '../context';

/** What rings at each of these agents, by agent. */
export async function readRingViews(
  ctx: Context,
  agentIds: readonly string[],
): Promise<Map<string, RingView>> {
  const rows = await readRings(ctx.db, agentIds);
  return new Map(rows.map((row) => [row.agentId, ringView(ctx, row)]));
}

function ringView(ctx: Context, row: RingRow): RingView {
  const { decided, asked } = row;
  const from = asked && ctx.directory.agent(asked.fromAgentId);
  return {
    conversationId: row.conversationId,
    handoffId: row.handoffId,
    name: row.customerName ?? visitorLabel(row.visitorId),
    priority: row.priority,
    reason: row.reason,
    mood: row.mood,
    teamName: ctx.directory.team(decided?.decision.teamId ?? row.teamId ?? '')?.name ?? '',
    summary: row.summary,
    waitingSince: row.queuedAt,
    dueAt: row.dueAt,
    startedAt: decided?.decision.at ?? asked?.at ?? row.until,
    until: row.until,
    thenName: decided?.decision.candidates[1]?.name ?? null,
    why: decided && whyThisAgent(row.agentId, decided),
    transfer: asked && { byName: from?.name ?? 'A colleague', note: asked.note },
  };
}

/** In short: what was asked and the agent has, then how they compared. */
function whyThisAgent(agentId: string, { decision, input }: NonNullable<RingRow['decided']>): WhyThisAgent {
  const agent = input.agents.find(({ id }) => id === agentId);
  const bySkill = decision.mode === 'skill_based';
  return {
    mode: decision.mode,
    language: bySkill ? input.needs.language : null,
    skills: bySkill ? input.needs.skills.map(({ name }) => ({ name, level: agent?.skills[name] ?? 1 })) : [],
    idleMs: agent && decision.at - agent.idleSince < LONGEST_SHIFT_MS ? decision.at - agent.idleSince : null,
    load: agent?.load ?? 0,
    capacity: agent?.capacity ?? 0,
  };
}
