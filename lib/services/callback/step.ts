import type { Change, Committed } from '@/db/commit';
import { newestCallback } from '@/db/queries/callbacks';
import { findConversation, type LoadedConversation } from '@/db/queries/conversations';
import { findCustomer } from '@/db/queries/customers';
import { deleteTimer, moveTimer } from '@/db/queries/timers';
import type { Actor } from '@/lib/domain/actor';
import { type Callback, isOpenCallback, nextCallbackStep } from '@/lib/domain/callback';
import type { ConversationEvent } from '@/lib/domain/conversation';
import { isOpenHandoff } from '@/lib/domain/handoff';
import { TRANSITIONS } from '@/lib/domain/transitions';
import { vanishTimer } from '../agent/vanish';
import { botTurnKey } from '../bot/turn-timer';
import { commitChange } from '../commit';
import type { Context } from '../context';
import { decideAgain } from '../decide-again';
import { handoffContext } from '../handoff/context';
import { beginSla } from '../sla/begin';
import { callbackRules } from '../sla/rules';
import { agentReminder, invitationMail } from './mails';
import { termsOf } from './terms';
import { callbackKey, stepTimers } from './timer';

const CALLS: Actor = { kind: 'system', job: 'callbacks' };

/**
 * What is due of a conversation's call: the reminder, the hour itself, or that it passed unmarked. Run by the call's one
 * timer; each is one commit under the version, so that several processes do it once.
 */
export async function stepCallback(ctx: Context, conversationId: string): Promise<void> {
  await decideAgain(async () => {
    // The head first: a call that is older than its head would pass the guard.
    const loaded = await findConversation(ctx.db, conversationId);
    const callback = await newestCallback(ctx.db, conversationId);
    const key = callbackKey(conversationId);
    const seq = loaded?.head.seq ?? 0;
    const step = callback && isOpenCallback(callback.state) ? nextCallbackStep(callback) : null;
    if (loaded === null || callback === null || step === null) {
      await deleteTimer(ctx.db, key, seq);
      return true;
    }
    if (step.at > ctx.now()) {
      await moveTimer(ctx.db, key, step.at, seq);
      return true;
    }
    const committed = await steps[step.kind](ctx, loaded, callback);
    return committed && true;
  });
}

type Step = (ctx: Context, loaded: LoadedConversation, callback: Callback) => Promise<Committed | null>;
const steps: Readonly<Record<'remind' | 'due' | 'miss', Step>> = { remind, due, miss };

async function remind(ctx: Context, loaded: LoadedConversation, callback: Callback) {
  const { head } = loaded;
  const customer = head.customerId ? await findCustomer(ctx.db, head.customerId) : null;
  const after = { ...callback, remindedAt: ctx.now() };
  const { widgetId, visitorId } = head;
  const of = { widgetId, visitorId, name: customer?.name ?? null, conversationId: head.id };
  const { outbox = [] } = invitationMail(ctx, callback, 'near', of);
  return commitChange(ctx, CALLS, {
    ...change(loaded, callback, { remindedAt: ctx.now() }, [
      { kind: 'callback.reminded', payload: { ...termsOf(callback), mailId: outbox[0]?.id ?? null } },
    ]),
    outbox: [...outbox, ...agentReminder(ctx, callback, of)],
    ...stepTimers(after),
  });
}

/** With whoever it was agreed with, above their capacity if need be: it was promised. Who has it already keeps it. */
async function due(ctx: Context, loaded: LoadedConversation, callback: Callback) {
  const { head } = loaded;
  const told: ConversationEvent = { kind: 'callback.due', payload: termsOf(callback) };
  const timers = stepTimers({ ...callback, state: 'due' });
  if (!TRANSITIONS.dueCallback.conversation.includes(head.state)) {
    return commitChange(ctx, CALLS, { ...change(loaded, callback, { state: 'due' }, [told]), ...timers });
  }
  const task = await taskOf(ctx, loaded, callback);
  return commitChange(
    ctx,
    CALLS,
    {
      ...change(loaded, callback, { state: 'due', handoffId: task.handoffId }, [told, task.event]),
      guard: { states: [head.state], version: head.version, ringAgentId: head.ring?.agentId ?? null },
      head: task.head,
      ...task.handoff,
      overCapacity: true,
      upsertTimers: [...(timers.upsertTimers ?? []), ...task.timers],
      removeTimers: [{ key: botTurnKey(head.id) }],
    },
    head.state === 'pending' ? { teamId: head.teamId } : {},
  );
}

/** The conversation as a task of the agent, or of the team where the agent is gone; with all that is known by now. */
async function taskOf(ctx: Context, loaded: LoadedConversation, callback: Callback) {
  const { head, handoff } = loaded;
  const agent = callback.agent && (ctx.directory.agent(callback.agent.id) ?? null);
  const customer = head.customerId ? await findCustomer(ctx.db, head.customerId) : null;
  const reason = handoff?.reason ?? 'requested_by_customer';
  const context = await handoffContext(ctx, loaded, reason, customer, agent?.name ?? null);
  const { teamId } = callback;
  const priority = handoff?.priority ?? 3;
  const now = ctx.now();
  const clocks = beginSla(ctx, head.id, teamId, priority, callbackRules(callback.lateAt, now));
  const set = {
    state: agent ? 'claimed' : 'pending',
    path: 'callback',
    teamId,
    agentId: agent?.id ?? null,
    context,
    queuedAt: now,
    claimedAt: agent ? now : null,
    sla: clocks.sla,
  } as const;
  const open = handoff && isOpenHandoff(handoff.state) ? handoff : null;
  const handoffId = open?.id ?? ctx.newId();
  const parts: ConversationEvent = agent
    ? { kind: 'handoff.claimed', payload: { handoffId, agentId: agent.id, agentName: agent.name } }
    : {
        kind: 'handoff.queued',
        payload: { handoffId, path: 'callback', teamId, priority, score: handoff?.score ?? 50, parts: [] },
      };
  const written: Pick<Change, 'patchHandoff' | 'insertHandoff'> = open
    ? { patchHandoff: { id: open.id, set } }
    : {
        insertHandoff: {
          ...set,
          id: handoffId,
          reason,
          confidence: null,
          pathsOffered: ['callback'],
          priority,
          score: handoff?.score ?? 50,
          scoreParts: handoff?.scoreParts ?? [],
        },
      };
  return {
    handoffId,
    handoff: written,
    event: parts,
    head: {
      state: agent ? ('active' as const) : ('pending' as const),
      teamId,
      agentId: agent?.id ?? null,
      resolvedAt: null,
      ...(open ? {} : { handoffId }),
    },
    timers: [...clocks.upsertTimers, ...(agent ? await vanishTimer(ctx, agent.id) : [])],
  };
}

function miss(ctx: Context, loaded: LoadedConversation, callback: Callback) {
  return commitChange(ctx, CALLS, {
    ...change(loaded, callback, { state: 'missed' }, [
      { kind: 'callback.missed', payload: { ...termsOf(callback), by: 'us' } },
    ]),
    removeTimers: [{ key: callbackKey(loaded.head.id) }],
  });
}

function change(
  { head }: LoadedConversation,
  callback: Callback,
  set: NonNullable<Change['patchCallback']>['set'],
  events: ConversationEvent[],
): Change {
  return {
    conversationId: head.id,
    guard: { version: head.version },
    head: {},
    patchCallback: { id: callback.callbackId, from: [callback.state], set },
    messages: [],
    events,
  };
}
