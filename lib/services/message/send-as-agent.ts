import { z } from 'zod';
import type { AgentActor } from '@/lib/domain/actor';
import { TRANSITIONS } from '@/lib/domain/transitions';
import type { Sent } from '@/lib/protocol';
import { authorise } from '../authorise';
import { commitChange } from '../commit';
import type { Context } from '../context';
import { refuseFenced } from '../handoff/refuse-fenced';
import { slaTimer } from '../sla/sla-timer';
import { composeMessage } from './compose';
import { body, clientId, id, ownerEpoch } from './inputs';
import { receipt, sendOnce } from './send-once';

export const sendAsAgentInput = z.strictObject({ conversationId: id, clientId, body, ownerEpoch });

/** The owner writes to the customer. Fenced by the epoch: whoever lost the conversation in between is refused. */
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
    const committed = await commitChange(ctx, actor, {
      conversationId: input.conversationId,
      guard: {
        states: TRANSITIONS.agentSend.conversation,
        agentId: actor.id,
        ownerEpoch: input.ownerEpoch,
      },
      head: {},
      marksFirstReply: true,
      messages: [message],
      events: [event],
      upsertTimers: [slaTimer(input.conversationId, ctx.now(), 'turnAnswered')],
    });
    return committed && receipt(committed, message.id);
  });
  return sent ?? refuseFenced(ctx, actor, 'message.send', input.conversationId);
}
