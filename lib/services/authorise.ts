import type { AgentActor } from '@/lib/domain/actor';
import { allows, type Operation, type Resource, scopeOf } from '@/lib/domain/permissions';
import { AppError, notFound } from './errors';

/** Refuses who may never do this, before anything is looked up. Answers the teams to narrow by; null means all. */
export function authorise(actor: AgentActor, operation: Operation): readonly string[] | null {
  const scope = scopeOf(actor.role, operation);
  if (scope === null) throw new AppError('forbidden', `Your role (${actor.role}) may not do this.`);
  return scope === 'all' ? null : actor.teamIds;
}

/** Refuses what is not theirs, with the same answer as for what is not there. */
export function authoriseOn(actor: AgentActor, operation: Operation, resource: Resource): void {
  if (!allows(actor, operation, resource)) throw notFound('conversation');
}
