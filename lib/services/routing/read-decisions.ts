import { z } from 'zod';
import { findConversation } from '@/db/queries/conversations';
import { readDecisions } from '@/db/queries/routing';
import type { AgentActor } from '@/lib/domain/actor';
import { allows } from '@/lib/domain/permissions';
import type { DecisionView } from '@/lib/protocol';
import { authorise } from '../authorise';
import type { Context } from '../context';
import { notFound } from '../errors';
import { id } from '../message/inputs';

export const decisionsInput = z.strictObject({ conversationId: id });
const KEPT = 50;

/** Why it rang where it rang, the newest first, for those who lead the team. */
export async function readRoutingDecisions(
  ctx: Context,
  actor: AgentActor,
  raw: z.input<typeof decisionsInput>,
): Promise<{ decisions: DecisionView[] }> {
  authorise(actor, 'routing.explain');
  const { conversationId } = decisionsInput.parse(raw);
  const loaded = await findConversation(ctx.db, conversationId);
  if (loaded === null || !allows(actor, 'routing.explain', loaded.head)) throw notFound('conversation');
  const stored = await readDecisions(ctx.db, conversationId, KEPT);
  return {
    decisions: stored.map(({ id: decisionId, agentId, at, decision, input }) => ({
      id: decisionId,
      agentId,
      at,
      teamName: ctx.directory.team(decision.teamId)?.name ?? '',
      mode: decision.mode,
      eligible: decision.eligible,
      needs: { skills: [...input.needs.skills], language: input.needs.language },
      candidates: decision.candidates.map((candidate) => {
        const agent = input.agents.find(({ id: agentOf }) => agentOf === candidate.id);
        return {
          id: candidate.id,
          name: candidate.name ?? ctx.directory.agent(candidate.id)?.name ?? '',
          overflow: candidate.slot === 'overflow',
          score: candidate.score,
          load: agent?.load ?? 0,
          capacity: agent?.capacity ?? 0,
          skills: { ...agent?.skills },
        };
      }),
      passedOver: decision.passedOver,
      policyVersion: decision.policyVersion,
      snapshotVersion: decision.snapshotVersion,
    })),
  };
}
