import { z } from 'zod';
import type { Guard } from '@/db/commit';
import type { AgentActor } from '@/lib/domain/actor';
import { TRANSITIONS } from '@/lib/domain/transitions';
import type { Sent } from '@/lib/protocol';
import { authorise } from '../authorise';
import { commitChange } from '../commit';
import type { Context } from '../context';
import { refuseFenced } from '../handoff/refuse-fenced';
import { replyMailTimer } from '../mail/mail-replies';
import { slaTimer } from '../sla/sla-timer';
import { composeMessage } from './compose';
import { body, clientId, id, ownerEpoch } from './inputs';
import { receipt, sendOnce } from './send-once';

export const sendAsAgentInput = z.strictObject({ conversationId: id, clientId, body, ownerEpoch });

/**
 * The owner writes to the customer, fenced by the epoch: whoever lost the conversation in between is refused. So does
 * whoever joined, for as long as they take part.
 */
export async function sendAsAgent(
  ctx: Context,
  actor: AgentActor,
  raw: z.input<typeof sendAsAgentInput>,
): Promise<Sent> {
  authorise(actor, 'message.send');
  const input = sendAsAgentInput.parse(raw);
  const key = { ...input, author: 'agent', authorId: actor.id } as const;
  const sent = await sendOnce(ctx, key, async () => {
    const { message, event } = composeMessage(ctx, {
      clientId: input.clientId,
      author: 'agent',
      authorId: actor.id,
      authorName: actor.name,
      kind: 'text',
      body: input.body,
    });
    const send = (who: Pick<Guard, 'agentId' | 'ownerEpoch' | 'participant'>) =>
      commitChange(ctx, actor, {
        conversationId: input.conversationId,
        guard: { states: TRANSITIONS.agentSend.conversation, ...who },
        head: {},
        marksFirstReply: true,
        messages: [message],
        events: [event],
        upsertTimers: [
          slaTimer(input.conversationId, ctx.now(), 'turnAnswered'),
          replyMailTimer(ctx, input.conversationId),
        ],
      });
    const committed =
      (await send({ agentId: actor.id, ownerEpoch: input.ownerEpoch })) ??
      (await send({ participant: actor.id }));
    return committed && receipt(committed, message.id);
  });
  return sent ?? refuseFenced(ctx, actor, 'message.send', input.conversationId);
}
