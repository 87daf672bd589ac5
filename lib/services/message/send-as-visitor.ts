import { z } from 'zod';
import type { Change } from '@/db/commit';
import { isUniqueViolation } from '@/db/errors';
import { findConversation } from '@/db/queries/conversations';
import type { VisitorActor } from '@/lib/domain/actor';
import { TRANSITIONS } from '@/lib/domain/transitions';
import type { Sent } from '@/lib/protocol';
import { botTurnTimer } from '../bot/turn-timer';
import { commitChange } from '../commit';
import type { Context } from '../context';
import { decideAgain } from '../decide-again';
import { slaTimer } from '../sla/sla-timer';
import { conversationOf } from '../visitor/conversation-of';
import { startOf } from '../visitor/start';
import { composeMessage } from './compose';
import { body, clientId, page, visit } from './inputs';
import { receipt, sendOnce } from './send-once';

export const sendAsVisitorInput = z.strictObject({ clientId, body, page, visit });

/**
 * A visitor writes. The first message makes the conversation; one after the end opens it again with the bot. Nothing is
 * read before the usual write: state and visitor are the guard.
 */
export async function sendAsVisitor(
  ctx: Context,
  actor: VisitorActor,
  raw: z.input<typeof sendAsVisitorInput>,
): Promise<Sent> {
  const input = sendAsVisitorInput.parse(raw);
  return decideAgain(async () => {
    const conversationId = await conversationOf(ctx, actor);
    if (conversationId === null) return startWith(ctx, actor, input);
    const key = { ...input, conversationId, author: 'visitor', authorId: actor.id } as const;
    return (
      (await sendOnce(ctx, key, () => write(ctx, actor, conversationId, input))) ??
      (await reopenWith(ctx, actor, conversationId, input))
    );
  });
}

type Input = z.output<typeof sendAsVisitorInput>;

async function write(ctx: Context, actor: VisitorActor, conversationId: string, input: Input) {
  const { message, event } = fromVisitor(ctx, actor, input);
  const change: Change = {
    conversationId,
    guard: { states: TRANSITIONS.visitorSend.conversation, visitorId: actor.id },
    head: {},
    messages: [message],
    events: [event],
  };
  // More words of a turn that an agent owes an answer to: no timer is asked for. Where that has changed, the guard says so.
  const more = ctx.awaiting.has(conversationId)
    ? await commitChange(ctx, actor, {
        ...change,
        guard: { ...change.guard, states: ['pending', 'active'], awaiting: true, unhelped: true },
      })
    : null;
  const committed =
    more ??
    (await commitChange(ctx, actor, {
      ...change,
      upsertTimers: [
        botTurnTimer(conversationId, ctx.now()),
        slaTimer(conversationId, ctx.now(), 'turnBegins'),
      ],
    }));
  return committed && receipt(committed, message.id);
}

async function startWith(ctx: Context, actor: VisitorActor, input: Input): Promise<Sent | null> {
  const { message, event } = fromVisitor(ctx, actor, input);
  const start = await startOf(ctx, actor);
  const change: Change = {
    ...start,
    messages: [message],
    events: [...start.events, event],
    upsertTimers: [botTurnTimer(start.conversationId, ctx.now())],
  };
  try {
    const committed = await commitChange(ctx, actor, change);
    return committed && receipt(committed, message.id);
  } catch (error) {
    if (isUniqueViolation(error, 'conversations_visitor')) return null;
    throw error;
  }
}

/** The customer's next session starts with the bot again. */
async function reopenWith(ctx: Context, actor: VisitorActor, conversationId: string, input: Input) {
  const loaded = await findConversation(ctx.db, conversationId);
  if (loaded?.head.state !== 'resolved') return null;
  const { message, event } = fromVisitor(ctx, actor, input);
  const committed = await commitChange(ctx, actor, {
    conversationId,
    guard: { states: ['resolved'], version: loaded.head.version, visitorId: actor.id },
    head: { state: 'bot', teamId: null, agentId: null, resolvedAt: null, mood: 'calm' },
    messages: [message],
    events: [{ kind: 'conversation.reopened', payload: {} }, event],
    upsertTimers: [botTurnTimer(conversationId, ctx.now())],
  });
  return committed && receipt(committed, message.id);
}

function fromVisitor(ctx: Context, actor: VisitorActor, input: Input) {
  return composeMessage(ctx, {
    clientId: input.clientId,
    author: 'visitor',
    authorId: actor.id,
    authorName: null,
    kind: 'text',
    body: input.body,
    page: input.page ?? null,
    visit: input.visit ?? null,
  });
}
