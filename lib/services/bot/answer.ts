import type { Change } from '@/db/commit';
import { isUniqueViolation } from '@/db/errors';
import { findConversation, type LoadedConversation, newestMessages } from '@/db/queries/conversations';
import { deleteTimer } from '@/db/queries/timers';
import type { Actor } from '@/lib/domain/actor';
import type { ConversationEvent } from '@/lib/domain/conversation';
import { isOpenHandoff } from '@/lib/domain/handoff';
import { DEFAULT_THRESHOLDS, type Judgement, type Turn } from '@/lib/domain/judgement';
import { READ_BACK } from '@/lib/domain/read-back';
import { isWorthKeeping } from '@/lib/domain/signal';
import { commitChange } from '../commit';
import type { Context } from '../context';
import { decideAgain } from '../decide-again';
import { OFFERED_PATHS, offerOf } from '../handoff/offer';
import { queueChange } from '../handoff/queue';
import { composeMessage } from '../message/compose';
import { botTurnKey } from './turn-timer';
import { turnsOf } from './turns';

/**
 * The bot's turn: answers what the visitor asked last, or offers a person. Fenced by the epoch, so that an answer begun
 * before a claim is refused at commit, and named by the turn, so that two processes say it once.
 */
export async function answerTurn(ctx: Context, conversationId: string): Promise<void> {
  await decideAgain(() => tryAnswer(ctx, conversationId));
}

/** Null when the conversation changed while the brain was thinking: what is to be said is decided anew. */
async function tryAnswer(ctx: Context, conversationId: string): Promise<'done' | null> {
  const loaded = await findConversation(ctx.db, conversationId);
  const messages =
    loaded?.head.state === 'bot' ? await newestMessages(ctx.db, conversationId, READ_BACK) : [];
  const last = messages.filter((message) => message.kind !== 'note').at(-1);
  if (!loaded || last?.author !== 'visitor') {
    await deleteTimer(ctx.db, botTurnKey(conversationId), loaded?.head.seq ?? 0);
    return 'done';
  }
  const widget = ctx.directory.widget(loaded.head.widgetId);
  const bot: Actor = { kind: 'bot', id: loaded.head.widgetId, name: widget?.botName ?? 'Bot' };
  const removeTimers = [{ key: botTurnKey(conversationId), upToSeq: last.seq }];
  if (loaded.handoff?.state === 'collecting') {
    const change = await queueChange(ctx, loaded, loaded.handoff.id);
    return (await commitChange(ctx, bot, { ...change, removeTimers })) && 'done';
  }
  const judgement = await judge(ctx, turnsOf(messages), bot.name);
  const change = answerChange(ctx, loaded, judgement, {
    botName: bot.name,
    messageId: last.id,
    seq: last.seq,
  });
  try {
    return (await commitChange(ctx, bot, { ...change, removeTimers })) && 'done';
  } catch (error) {
    if (isUniqueViolation(error, 'handoffs_one_open')) return null;
    if (!isUniqueViolation(error, 'messages_once')) throw error;
    await deleteTimer(ctx.db, botTurnKey(conversationId), last.seq);
    return 'done';
  }
}

/** A brain that fails hands over: the customer is never left with silence. */
async function judge(ctx: Context, turns: Turn[], botName: string): Promise<Judgement> {
  try {
    return await ctx.brain.judge({
      turns,
      index: ctx.knowledge.index(),
      thresholds: DEFAULT_THRESHOLDS,
      now: ctx.now(),
      botName,
    });
  } catch (error) {
    ctx.log.error({ err: error }, 'the brain failed; a person is offered');
    return {
      article: null,
      alternatives: [],
      confidence: null,
      signals: [],
      mood: 'calm',
      topic: null,
      reply: { text: 'I cannot answer just now. A person can.', sources: [] },
      offer: { reason: 'error' },
    };
  }
}

function answerChange(
  ctx: Context,
  { head, handoff }: LoadedConversation,
  judgement: Judgement,
  turn: { botName: string; messageId: string; seq: number },
): Change {
  const { message, event } = composeMessage(ctx, {
    clientId: `turn-${turn.seq}`,
    author: 'bot',
    authorId: null,
    authorName: turn.botName,
    kind: 'text',
    body: judgement.reply.text,
    sources: judgement.reply.sources,
  });
  const judged: ConversationEvent = {
    kind: 'turn.judged',
    payload: {
      messageId: turn.messageId,
      articleId: judgement.article?.id ?? null,
      confidence: judgement.confidence,
      mood: judgement.mood,
      topic: judgement.topic,
      signals: judgement.signals.filter(isWorthKeeping).map((signal) => ({
        ...signal,
        evidence: signal.evidence.map(({ messageId, start, end }) => ({ messageId, start, end })),
      })),
      offer: judgement.offer?.reason ?? null,
    },
  };
  const base: Change = {
    conversationId: head.id,
    guard: { states: ['bot'], ownerEpoch: head.ownerEpoch },
    head: { mood: judgement.mood, ...(judgement.topic === null ? {} : { topic: judgement.topic }) },
    messages: [message],
    events: [judged, event],
  };
  if (judgement.offer === null) return base;
  if (handoff && isOpenHandoff(handoff.state)) return offerAgain(base, head.version, handoff.id, judgement);
  const offer = offerOf(ctx, {
    reason: judgement.offer.reason,
    confidence: judgement.confidence,
    by: 'bot',
  });
  return {
    ...base,
    head: { ...base.head, handoffId: offer.handoff.id },
    insertHandoff: offer.handoff,
    events: [...base.events, offer.event],
  };
}

/** The offer still stands: it is shown again beneath the newest words, and stays one handoff. */
function offerAgain(base: Change, version: number, handoffId: string, judgement: Judgement): Change {
  return {
    ...base,
    guard: { ...base.guard, version },
    patchHandoff: { id: handoffId, set: { state: 'offered' } },
    events: [
      ...base.events,
      {
        kind: 'handoff.offered',
        payload: {
          handoffId,
          reason: judgement.offer?.reason ?? 'requested_by_customer',
          confidence: judgement.confidence,
          paths: OFFERED_PATHS,
          by: 'bot',
        },
      },
    ],
  };
}
