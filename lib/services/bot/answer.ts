import type { Change } from '@/db/commit';
import { isUniqueViolation } from '@/db/errors';
import {
  findConversation,
  type LoadedConversation,
  type MessageRow,
  newestMessages,
} from '@/db/queries/conversations';
import { readAlternatives } from '@/db/queries/offers';
import { deleteTimer } from '@/db/queries/timers';
import type { Actor } from '@/lib/domain/actor';
import type { ConversationEvent } from '@/lib/domain/conversation';
import { isOpenHandoff, UNATTENDED_PATHS } from '@/lib/domain/handoff';
import type { Judgement, Turn } from '@/lib/domain/judgement';
import { READ_BACK } from '@/lib/domain/read-back';
import { decided, type RuleOutcome } from '@/lib/domain/rules';
import { isWorthKeeping } from '@/lib/domain/signal';
import { canApply, TRANSITIONS } from '@/lib/domain/transitions';
import { commitChange } from '../commit';
import type { Context } from '../context';
import { decideAgain } from '../decide-again';
import { type Outlook, readOutlook } from '../handoff/availability';
import { offeredEvent, offerOf, onlyPath } from '../handoff/offer';
import { queueChange } from '../handoff/queue';
import { composeMessage } from '../message/compose';
import { type Worded, wordAnswer } from '../model/word-answer';
import { readRuled, ruleEffects, ruleTurn, withRules } from '../rules/rule-turn';
import { type LookedUp, lookUp, lookupEnd, type TurnMemory, withLookup } from '../tools/look-up';
import { askedTool, callText, type ToolCall, toolOffer, withTool } from '../tools/use-tool';
import { botTurnKey } from './turn-timer';
import { chosenArticle, turnsOf } from './turns';

/**
 * The bot's turn: answers what the visitor asked last, or offers a person. Fenced by the epoch, so that an answer begun
 * before a claim is refused at commit, and named by the turn, so that two processes say it once.
 */
export async function answerTurn(ctx: Context, conversationId: string): Promise<void> {
  const memory: TurnMemory = { lookups: new Map(), models: new Map() };
  const drafts = new Map<string, string>();
  const show = (visitorId: string, clientId: string, text: string) => {
    drafts.set(clientId, visitorId);
    ctx.showDraft(visitorId, { clientId, text });
  };
  try {
    await decideAgain(() => tryAnswer(ctx, conversationId, memory, show));
  } finally {
    // Whoever took the conversation over meanwhile left it unsaid.
    for (const [clientId, visitorId] of drafts) ctx.showDraft(visitorId, { clientId, text: null });
  }
}

/** Null when the conversation changed while the brain was thinking: what is to be said is decided anew. */
async function tryAnswer(
  ctx: Context,
  conversationId: string,
  memory: TurnMemory,
  show: (visitorId: string, clientId: string, text: string) => void,
): Promise<'done' | null> {
  const loaded = await findConversation(ctx.db, conversationId);
  const messages = loaded && answers(loaded) ? await newestMessages(ctx.db, conversationId, READ_BACK) : [];
  const last = messages.filter((message) => message.kind !== 'note').at(-1);
  if (!loaded || last?.author !== 'visitor') {
    await deleteTimer(ctx.db, botTurnKey(conversationId), loaded?.head.seq ?? 0);
    return 'done';
  }
  const widget = ctx.directory.widget(loaded.head.widgetId);
  const bot: Actor = { kind: 'bot', id: loaded.head.widgetId, name: widget?.botName ?? 'Bot' };
  const removeTimers = [{ key: botTurnKey(conversationId), upToSeq: last.seq }];
  const turn = { botName: bot.name, messageId: last.id, seq: last.seq };
  const chosen = await chosenChange(ctx, loaded, messages, turn);
  if (chosen !== null) return say(ctx, bot, chosen, last.seq);
  if (loaded.handoff?.state === 'collecting') {
    const change = await queueChange(ctx, loaded, loaded.handoff.id);
    return (await commitChange(ctx, bot, { ...change, removeTimers })) && 'done';
  }
  const turns = turnsOf(messages);
  const judged = await judge(ctx, turns, bot.name);
  const helps = loaded.head.state === 'pending';
  const ruled = helps
    ? decided([])
    : await ruleTurn(
        ctx,
        loaded.head,
        {
          text: last.body,
          at: last.at,
          page: last.page ?? null,
          visit: last.visit ?? null,
          said: messages.filter(({ author }) => author === 'visitor').length,
        },
        judged,
      );
  const found = helps
    ? null
    : await lookUp(ctx, loaded.head, { turns, seq: last.seq, memory }, judged, ruled);
  const worded =
    helps || found
      ? null
      : await wordAnswer(
          ctx,
          loaded.head,
          {
            turns,
            seq: last.seq,
            memory,
            show: (text) => show(loaded.head.visitorId, turnClientId(last.seq), text),
          },
          judged,
          ruled,
        );
  const known = worded?.judgement ?? withLookup(judged, found, ctx.now());
  const hasOffer = loaded.handoff !== null && isOpenHandoff(loaded.handoff.state);
  const decision = withRules(known, ruled, hasOffer);
  const asked = helps ? null : askedTool(ctx, loaded.head.widgetId, last.body, decision);
  const tool = asked ?? worded?.tool ?? null;
  const judgement = withTool(ctx, decision, tool);
  const change = helps
    ? helpChange(ctx, loaded, judgement, turn)
    : await offerOrAnswer(ctx, loaded, judgement, { ...turn, ruled, tool, found, worded });
  return say(ctx, bot, change, last.seq);
}

/** Commits the answer to a turn, unless another process said it. */
async function say(ctx: Context, bot: Actor, change: Change, seq: number): Promise<'done' | null> {
  const { conversationId } = change;
  try {
    const removeTimers = [{ key: botTurnKey(conversationId), upToSeq: seq }];
    return (await commitChange(ctx, bot, { ...change, removeTimers })) && 'done';
  } catch (error) {
    if (isUniqueViolation(error, 'handoffs_one_open')) return null;
    if (!isUniqueViolation(error, 'messages_once')) throw error;
    await deleteTimer(ctx.db, botTurnKey(conversationId), seq);
    return 'done';
  }
}

/** The bot has the conversation, or helps somebody whose question waits for the team to be back. */
function answers({ head, handoff }: LoadedConversation): boolean {
  if (canApply('botAnswer', head.state, handoff?.state ?? 'none')) return true;
  const waitsAlone = handoff?.path != null && UNATTENDED_PATHS.includes(handoff.path);
  return waitsAlone && canApply('botHelp', head.state, handoff.state);
}

/** A brain that fails hands over: the customer is never left with silence. */
async function judge(ctx: Context, turns: Turn[], botName: string): Promise<Judgement> {
  try {
    return await ctx.brain.judge({
      turns,
      index: ctx.knowledge.index(),
      thresholds: ctx.settings.thresholds(),
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

interface AnsweredTurn {
  /** What the desk's rules decide of it. */
  ruled?: RuleOutcome;
  /** What they ask the bot to do. */
  tool?: ToolCall | null;
  /** What was looked up for it. */
  found?: LookedUp | null;
  /** How a model worded it. */
  worded?: Worded | null;
  botName: string;
  messageId: string;
  seq: number;
}

/** Names what the bot says to a turn, so that it is said once. */
const turnClientId = (seq: number) => `turn-${seq}`;

function fromBot(ctx: Context, turn: AnsweredTurn, { text, sources }: Judgement['reply']) {
  return composeMessage(ctx, {
    clientId: turnClientId(turn.seq),
    author: 'bot',
    authorId: null,
    authorName: turn.botName,
    kind: 'text',
    body: text,
    sources,
  });
}

/** The article that was chosen is quoted, and the offer stands again beneath it. Null where none was, or it is gone. */
async function chosenChange(
  ctx: Context,
  { head, handoff }: LoadedConversation,
  messages: MessageRow[],
  turn: AnsweredTurn,
): Promise<Change | null> {
  const newest = messages.find(({ id }) => id === turn.messageId);
  const articleId = newest ? chosenArticle(newest) : null;
  if (articleId === null) return null;
  const reply = ctx.brain.quote({ index: ctx.knowledge.index(), turns: turnsOf(messages), articleId });
  if (reply === null) return null;
  const { message, event } = fromBot(ctx, turn, reply);
  const change: Change = {
    conversationId: head.id,
    guard: { states: TRANSITIONS.botAnswer.conversation, version: head.version },
    head: {},
    messages: [message],
    events: [event],
  };
  if (handoff?.state !== 'offered') return change;
  const [named, ruled] = await Promise.all([
    readAlternatives(ctx.db, head.id, handoff.id),
    readRuled(ctx, head.id),
  ]);
  const { widgetId, topic } = head;
  const { reason, confidence } = handoff;
  const offered = offeredEvent(ctx, handoff.id, {
    reason,
    confidence,
    by: 'bot',
    topic,
    alternatives: named.filter((id) => id !== articleId),
    outlook: await readOutlook(ctx, { widgetId, topic, team: ruled.team }),
    only: onlyPath(reason, ruled),
  });
  return {
    ...change,
    events: [event, offered],
    patchHandoff: { id: handoff.id, set: { state: 'offered', pathsOffered: offered.payload.paths } },
  };
}

/** What the bot says, and what it judged. */
function said(ctx: Context, judgement: Judgement, turn: AnsweredTurn, body: string) {
  const { message, event } = fromBot(ctx, turn, { ...judgement.reply, text: body });
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
      ...(turn.ruled?.matched.length ? { rules: turn.ruled.matched.map(({ id }) => id) } : {}),
      ...(turn.found ? { lookup: lookupEnd(turn.found) } : {}),
      ...(turn.worded ? { model: turn.worded.end } : {}),
      ...(turn.tool ? { tool: turn.tool.tool } : {}),
    },
  };
  return { messages: [message], events: [judged, event] };
}

/** While the question waits for the team: an answer where the bot has one, and else that this waits along. */
function helpChange(
  ctx: Context,
  { head }: LoadedConversation,
  judgement: Judgement,
  turn: AnsweredTurn,
): Change {
  const body = judgement.offer === null ? judgement.reply.text : WAITS_ALONG;
  const reply = {
    ...judgement,
    reply: { ...judgement.reply, sources: judgement.offer ? [] : judgement.reply.sources },
  };
  return {
    conversationId: head.id,
    guard: { states: TRANSITIONS.botHelp.conversation, ownerEpoch: head.ownerEpoch },
    head: {},
    ...said(ctx, reply, turn, body),
  };
}

async function offerOrAnswer(
  ctx: Context,
  { head, handoff }: LoadedConversation,
  judgement: Judgement,
  turn: AnsweredTurn,
): Promise<Change> {
  const topic = judgement.topic ?? head.topic;
  const outlook =
    judgement.offer === null
      ? null
      : await readOutlook(ctx, { widgetId: head.widgetId, topic, team: turn.ruled?.team ?? null });
  const effects = await ruleEffects(ctx, { ...head, topic }, turn.ruled ?? decided([]));
  const words = callText(turn.tool ?? null, outlook) ?? replyText(ctx, judgement, outlook);
  const { messages, events } = said(ctx, judgement, turn, words);
  const base: Change = {
    conversationId: head.id,
    guard: { states: TRANSITIONS.botAnswer.conversation, ownerEpoch: head.ownerEpoch },
    head: {
      mood: judgement.mood,
      ...(judgement.topic === null ? {} : { topic: judgement.topic }),
      ...effects.head,
    },
    messages,
    events: [...events, ...effects.events],
  };
  if (judgement.offer === null) return base;
  const offer = {
    reason: judgement.offer.reason,
    confidence: judgement.confidence,
    by: 'bot',
    topic,
    alternatives: judgement.alternatives.map(({ id }) => id),
    outlook,
    only: turn.tool ? null : onlyPath(judgement.offer.reason, turn.ruled ?? null),
    ...toolOffer(turn.tool ?? null),
  } as const;
  if (handoff && isOpenHandoff(handoff.state)) {
    // The offer still stands: it is shown again beneath the newest words, and stays one handoff.
    const event = offeredEvent(ctx, handoff.id, offer);
    return {
      ...base,
      guard: { ...base.guard, version: head.version },
      patchHandoff: { id: handoff.id, set: { state: 'offered', pathsOffered: event.payload.paths } },
      events: [...base.events, event],
    };
  }
  const made = offerOf(ctx, offer);
  return {
    ...base,
    head: { ...base.head, handoffId: made.handoff.id },
    insertHandoff: made.handoff,
    events: [...base.events, made.event],
  };
}

const WAITS_ALONG = 'That is for a person to answer. It waits with your question, and they will read it all.';

/** Where nobody is there, the bot does not offer as if somebody were. */
function replyText(ctx: Context, judgement: Judgement, outlook: Outlook | null): string {
  if (outlook?.availability.kind !== 'closed') return judgement.reply.text;
  const team = ctx.directory.team(outlook.teamId)?.name;
  const closed = `${team === undefined ? 'The team' : `The ${team} team`} is closed just now. I can put you in line for when they are back, and I am still here for anything else.`;
  return `${judgement.reply.text}\n\n${closed}`;
}
