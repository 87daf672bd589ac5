import { z } from 'zod';
import type { Change } from '@/db/commit';
import type { LoadedConversation } from '@/db/queries/conversations';
import type { VisitorActor } from '@/lib/domain/actor';
import type { Handoff } from '@/lib/domain/conversation';
import { mailAddress } from '@/lib/domain/mail';
import { commitChange } from '../commit';
import type { Context } from '../context';
import { AppError } from '../errors';
import { id } from '../message/inputs';
import { answerOffer } from './answer-offer';
import { queueChange } from './queue';

export const followUpInput = z.strictObject({ handoffId: id, email: z.string().max(320) });

/**
 * The customer does not wait for a person but leaves an address: into the queue now, the answer by e-mail when they are
 * away by then. Who waits already keeps their place. The bot goes on helping meanwhile. Repeating it changes nothing.
 */
export async function followUp(
  ctx: Context,
  actor: VisitorActor,
  raw: z.input<typeof followUpInput>,
): Promise<{ email: string }> {
  const { handoffId, email: written } = followUpInput.parse(raw);
  const email = mailAddress(written);
  if (email === null) {
    throw new AppError('invalid', 'Write one e-mail address, such as name@example.com.', {
      fields: { email: 'Write one e-mail address, such as name@example.com.' },
    });
  }
  const isDone = ({ state, path }: Pick<Handoff, 'state' | 'path'>) =>
    state === 'claimed' || (state === 'pending' && path !== 'live');
  await answerOffer(ctx, actor, handoffId, 'followUp', isDone, async (loaded) => {
    const change =
      loaded.head.state === 'pending'
        ? pathChange(loaded, handoffId, 'follow_up')
        : await queueChange(ctx, loaded, handoffId, 'follow_up');
    return commitChange(ctx, actor, { ...change, visitorEmail: email });
  });
  return { email };
}

/** Who stands in line goes on doing so, and need not wait for it. */
export function pathChange(
  { head }: LoadedConversation,
  handoffId: string,
  path: 'follow_up' | 'callback',
): Change {
  return {
    conversationId: head.id,
    guard: { states: ['pending'], version: head.version, handoffId, ringAgentId: head.ring?.agentId ?? null },
    head: {},
    patchHandoff: { id: handoffId, set: { path } },
    messages: [],
    events: [{ kind: 'handoff.pathChanged', payload: { handoffId, path, teamId: head.teamId ?? '' } }],
  };
}
