import type { Committed } from '@/db/commit';
import { findCallback } from '@/db/queries/callbacks';
import { findConversation, type LoadedConversation } from '@/db/queries/conversations';
import { findCustomer } from '@/db/queries/customers';
import type { VisitorActor } from '@/lib/domain/actor';
import { type Callback, maskedPhone } from '@/lib/domain/callback';
import type { CallbackProposal } from '@/lib/protocol';
import { commitChange } from '../commit';
import type { Context } from '../context';
import { decideAgain } from '../decide-again';
import type { DirectoryWidget } from '../directory';
import { AppError } from '../errors';
import { readCalendar } from './calendar';
import { cancelChange } from './cancel-change';
import { callbackIdOf } from './link';
import { invitationMail } from './mails';
import { proposalFor } from './propose';
import { takeSlot } from './take-slot';
import { movedTo, termsOf } from './terms';
import { stepTimers } from './timer';

/** A call as whoever has its link sees it. */
export interface ManagedCallback {
  widget: DirectoryWidget;
  callback: Omit<Callback, 'phone'> & { maskedPhone: string | null };
  name: string | null;
  teamName: string | null;
  /** Other times; null where it cannot be moved any more. */
  proposal: CallbackProposal | null;
}

interface Found {
  callback: Callback;
  widget: DirectoryWidget;
  loaded: LoadedConversation;
  actor: VisitorActor;
  name: string | null;
}

/** What a link opens; null for one that is not ours. Only looks: a scanner that follows it changes nothing, however often. */
export async function readManaged(
  ctx: Context,
  token: string,
  after: number | null = null,
): Promise<ManagedCallback | null> {
  const found = await find(ctx, token);
  if (found === null) return null;
  const { callback, widget, name } = found;
  const { teamId, channel, timeZone } = callback;
  const { slot } = callback;
  const { phone, ...shown } = callback;
  return {
    widget,
    callback: { ...shown, maskedPhone: phone === null ? null : maskedPhone(phone) },
    name,
    teamName: ctx.directory.team(teamId)?.name ?? null,
    proposal:
      slot !== null && isMovable(ctx, callback)
        ? await proposalFor(ctx, {
            teamId,
            channel,
            timeZone,
            after,
            moving: callback,
          })
        : null,
  };
}

/** To another time, by link. `from` is the time that was seen: what was moved elsewhere meanwhile is shown again first. */
export async function moveCallback(
  ctx: Context,
  token: string,
  { from, to }: { from: number; to: number },
): Promise<void> {
  await decideAgain(async () => {
    const found = await find(ctx, token);
    if (found === null) throw notWhole();
    const { callback, actor } = found;
    if (callback.state === 'booked' && callback.slot?.startAt === to) return true;
    if (!isMovable(ctx, callback) || callback.slot?.startAt !== from) {
      throw new AppError('conflict', 'The call has changed meanwhile. This is how it stands now.');
    }
    const { teamId, channel } = callback;
    const calendar = await readCalendar(ctx, { teamId, channel, except: callback });
    if (calendar === null) throw new AppError('conflict', 'This team does not move calls any more.');
    const committed = await takeSlot(ctx, calendar, to, callback.agent?.id ?? null, (slot) =>
      commitMove(ctx, actor, found, movedTo(callback, slot, slot.remindedAt), slot.heldUntil),
    );
    return committed && true;
  });
}

function commitMove(
  ctx: Context,
  actor: VisitorActor,
  { loaded: { head }, name, callback }: Found,
  moved: Callback,
  heldUntil: number,
): Promise<Committed | null> {
  const { slot, agent, lateAt } = moved;
  if (slot === null || agent === null) throw new Error('A call is moved to a time');
  return commitChange(ctx, actor, {
    conversationId: head.id,
    guard: { version: head.version },
    head: {},
    patchCallback: {
      id: callback.callbackId,
      from: ['booked'],
      set: { moved: { agentId: agent.id, ...slot, heldUntil, lateAt }, remindedAt: moved.remindedAt },
    },
    messages: [],
    events: [{ kind: 'callback.moved', payload: termsOf(moved) }],
    ...invitationMail(ctx, moved, 'moved', { widgetId: head.widgetId, visitorId: head.visitorId, name }),
    ...stepTimers(moved),
  });
}

/** Cancelled by link; once, however often it is pressed. */
export async function cancelCallback(ctx: Context, token: string): Promise<void> {
  await decideAgain(async () => {
    const found = await find(ctx, token);
    if (found === null) throw notWhole();
    const { callback, loaded, actor, name } = found;
    if (callback.state === 'cancelled') return true;
    if (callback.state !== 'booked' && callback.state !== 'due') {
      throw new AppError('conflict', 'The call is over. This is how it stands now.');
    }
    const { change, left } = cancelChange(ctx, loaded, callback, name);
    return (await commitChange(ctx, actor, change, left)) && true;
  });
}

function isMovable(ctx: Context, { state, slot }: Callback): boolean {
  return state === 'booked' && slot !== null && slot.startAt > ctx.now();
}

async function find(ctx: Context, token: string): Promise<Found | null> {
  const id = callbackIdOf(ctx, token);
  const linked = id === null ? null : await findCallback(ctx.db, id);
  const loaded = linked && (await findConversation(ctx.db, linked.conversationId));
  const widget = loaded && ctx.directory.widget(loaded.head.widgetId);
  // Read after its head: a call that is older than its head would pass the guard.
  const callback = linked && (await findCallback(ctx.db, linked.callbackId));
  if (!callback || !loaded || !widget) return null;
  const { head } = loaded;
  const customer = head.customerId ? await findCustomer(ctx.db, head.customerId) : null;
  const actor: VisitorActor = {
    kind: 'visitor',
    id: head.visitorId,
    widgetId: head.widgetId,
    conversationId: head.id,
  };
  return { callback, widget, loaded, actor, name: customer?.name ?? null };
}

function notWhole(): AppError {
  return new AppError('not_found', 'This link is not whole. Open it from the e-mail itself.');
}
