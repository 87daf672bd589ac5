import { z } from 'zod';
import { findConversation } from '@/db/queries/conversations';
import type { AgentActor } from '@/lib/domain/actor';
import { vanishTimer } from '../agent/vanish';
import { authorise } from '../authorise';
import type { Context } from '../context';
import type { DirectoryAgent, DirectoryTeam } from '../directory';
import { AppError, notFound } from '../errors';
import { composeMessage } from '../message/compose';
import { id, note, ownerEpoch } from '../message/inputs';
import { overCapacity } from './over-capacity';
import { giveAway } from './owned';

export const transferInput = z.strictObject({
  conversationId: id,
  ownerEpoch,
  to: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('agent'), id }),
    z.strictObject({ kind: z.literal('team'), id }),
  ]),
  note,
  override: z.literal(true).optional(),
});

/** Warm: the note and the whole conversation go along, and the customer is told. To an agent at once, to a team's queue. */
export async function transfer(
  ctx: Context,
  actor: AgentActor,
  raw: z.input<typeof transferInput>,
): Promise<Record<string, never>> {
  authorise(actor, 'handoff.transfer');
  const input = transferInput.parse(raw);
  const target = targetOf(ctx, actor, input.to);
  const { id: targetId, name } = target.kind === 'agent' ? target.agent : target.team;
  const to = { kind: target.kind, id: targetId, name };
  const over = target.kind === 'agent' ? overCapacity(actor, input.override, target.agent) : {};
  const loaded = await findConversation(ctx.db, input.conversationId);
  if (loaded === null) throw notFound('conversation');
  const words = input.note === '' ? null : noteOf(ctx, actor, input.note);
  const armed = target.kind === 'agent' ? await vanishTimer(ctx, target.agent.id) : [];
  await giveAway(ctx, actor, 'transfer', 'handoff.transfer', input, (handoffId) => ({
    ...(target.kind === 'agent'
      ? {
          head: { agentId: target.agent.id },
          patchHandoff: { id: handoffId, set: { agentId: target.agent.id } },
        }
      : {
          head: { state: 'pending' as const, agentId: null, teamId: target.team.id },
          patchHandoff: {
            id: handoffId,
            set: {
              state: 'pending' as const,
              agentId: null,
              claimedAt: null,
              teamId: target.team.id,
              queuedAt: loaded.handoff?.queuedAt ?? ctx.now(),
            },
          },
        }),
    upsertTimers: armed,
    messages: words ? [words.message] : [],
    events: [
      ...(words ? [words.event] : []),
      {
        kind: 'handoff.transferred' as const,
        payload: { handoffId, fromAgentId: actor.id, to, ...over },
      },
    ],
    ...over,
  }));
  return {};
}

function noteOf(ctx: Context, actor: AgentActor, body: string) {
  return composeMessage(ctx, {
    clientId: `transfer-${ctx.newId()}`,
    author: 'agent',
    authorId: actor.id,
    authorName: actor.name,
    kind: 'note',
    body,
  });
}

type Target = { kind: 'team'; team: DirectoryTeam } | { kind: 'agent'; agent: DirectoryAgent };

function targetOf(ctx: Context, actor: AgentActor, to: z.output<typeof transferInput>['to']): Target {
  if (to.kind === 'team') {
    const team = ctx.directory.team(to.id);
    if (team === undefined) throw notFound(to.kind);
    return { kind: 'team', team };
  }
  const agent = ctx.directory.agent(to.id);
  if (agent === undefined) throw notFound(to.kind);
  if (agent.id === actor.id)
    throw new AppError('invalid', 'It is with you already. Choose a colleague or a team.');
  return { kind: 'agent', agent };
}
