import { z } from 'zod';
import { writeStatus } from '@/db/queries/agents';
import type { AgentActor } from '@/lib/domain/actor';
import { AGENT_STATUSES } from '@/lib/domain/presence';
import type { OwnPresence } from '@/lib/protocol';
import { authorise } from '../authorise';
import type { Context } from '../context';
import { tellAgentChanged } from '../notices';
import { wakeTeamsOf } from '../routing/pushing-teams';
import { stopRinging } from '../routing/stop-ringing';
import { readOwnPresence } from './read';

export const setStatusInput = z.strictObject({ status: z.enum(AGENT_STATUSES) });

/** What an agent says of themself; it holds until they say otherwise. Their conversations stay with them. */
export async function setStatus(
  ctx: Context,
  actor: AgentActor,
  raw: z.input<typeof setStatusInput>,
): Promise<OwnPresence> {
  authorise(actor, 'agent.setStatus');
  const { status } = setStatusInput.parse(raw);
  await writeStatus(ctx.db, actor.id, status);
  if (status === 'available') await wakeTeamsOf(ctx, [actor.id]);
  else await stopRinging(ctx, actor);
  await tellAgentChanged(ctx, actor.id);
  return readOwnPresence(ctx, actor.id);
}
