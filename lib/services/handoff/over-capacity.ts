import type { AgentActor } from '@/lib/domain/actor';
import { allows } from '@/lib/domain/permissions';
import { authorise } from '../authorise';
import { AppError } from '../errors';

/** What goes into change and log when an agent's capacity is set aside: nothing unless asked, and only by who may. */
export function overCapacity(
  actor: AgentActor,
  override: true | undefined,
  taker: { id: string; teamIds: readonly string[] },
): { overCapacity?: true } {
  if (!override) return {};
  authorise(actor, 'handoff.overCapacity');
  const teams = taker.teamIds.length > 0 ? taker.teamIds : [null];
  const mayDo = teams.some((teamId) => allows(actor, 'handoff.overCapacity', { teamId, agentId: taker.id }));
  if (!mayDo) throw new AppError('forbidden', 'They are of another team. Ask its supervisor or an admin.');
  return { overCapacity: true };
}
