import { z } from 'zod';
import type { Change } from '@/db/commit';
import type { AgentActor } from '@/lib/domain/actor';
import { vanishTimer } from '../agent/vanish';
import type { Context } from '../context';
import type { DirectoryAgent, DirectoryTeam } from '../directory';
import { notFound } from '../errors';
import { composeMessage } from '../message/compose';
import { id } from '../message/inputs';

/** To whom a conversation is given: an agent at once, or a team's queue. */
export const destination = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('agent'), id }),
  z.strictObject({ kind: z.literal('team'), id }),
]);

export type Destination = { kind: 'team'; team: DirectoryTeam } | { kind: 'agent'; agent: DirectoryAgent };

export function destinationOf(ctx: Context, to: z.output<typeof destination>): Destination {
  if (to.kind === 'team') {
    const team = ctx.directory.team(to.id);
    if (team === undefined) throw notFound(to.kind);
    return { kind: 'team', team };
  }
  const agent = ctx.directory.agent(to.id);
  if (agent === undefined) throw notFound(to.kind);
  return { kind: 'agent', agent };
}

/** How the log and the customer are told of it. */
export function namedDestination(to: Destination): { kind: 'agent' | 'team'; id: string; name: string } {
  const { id: toId, name } = to.kind === 'agent' ? to.agent : to.team;
  return { kind: to.kind, id: toId, name };
}

/** What becomes of a conversation and its handoff there; one that waited already keeps the place of its first wait. */
export async function moveTo(
  ctx: Context,
  handoff: { id: string; queuedAt: number | null; claimedAt: number | null },
  to: Destination,
): Promise<Required<Pick<Change, 'head' | 'patchHandoff' | 'upsertTimers'>>> {
  if (to.kind === 'agent') {
    const agentId = to.agent.id;
    return {
      head: { state: 'active', agentId, participants: { remove: agentId } },
      patchHandoff: {
        id: handoff.id,
        set: { state: 'claimed', agentId, claimedAt: handoff.claimedAt ?? ctx.now() },
      },
      upsertTimers: await vanishTimer(ctx, agentId),
    };
  }
  const teamId = to.team.id;
  return {
    head: { state: 'pending', agentId: null, teamId },
    patchHandoff: {
      id: handoff.id,
      set: {
        state: 'pending',
        agentId: null,
        claimedAt: null,
        teamId,
        queuedAt: handoff.queuedAt ?? ctx.now(),
      },
    },
    upsertTimers: [],
  };
}

/** The words that go along, for the desk alone; nothing when there are none. */
export function noteAlong(ctx: Context, actor: AgentActor, words: string) {
  if (words === '') return { messages: [], events: [] };
  const { message, event } = composeMessage(ctx, {
    clientId: `transfer-${ctx.newId()}`,
    author: 'agent',
    authorId: actor.id,
    authorName: actor.name,
    kind: 'note',
    body: words,
  });
  return { messages: [message], events: [event] };
}
