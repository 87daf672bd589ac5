import { z } from 'zod';
import type { Change, Committed, NewCallback } from '@/db/commit';
import { isUniqueViolation } from '@/db/errors';
import type { LoadedConversation } from '@/db/queries/conversations';
import { findCustomer } from '@/db/queries/customers';
import { countMailsTo } from '@/db/queries/outbox';
import type { VisitorActor } from '@/lib/domain/actor';
import { isToolOn } from '@/lib/domain/bot-tools';
import { addBusinessMs } from '@/lib/domain/business-hours';
import type { CallbackChannel } from '@/lib/domain/callback';
import { botTurnKey } from '../bot/turn-timer';
import { commitChange } from '../commit';
import type { Context } from '../context';
import { AppError } from '../errors';
import { answerOffer } from '../handoff/answer-offer';
import { pathChange } from '../handoff/follow-up';
import { queueChange } from '../handoff/queue';
import { id, instant } from '../message/inputs';
import { beginSla } from '../sla/begin';
import { callbackRules } from '../sla/rules';
import { slaTimer } from '../sla/sla-timer';
import { readCalendar } from './calendar';
import { channel, contactOf, email, phone, timeZone } from './inputs';
import { invitationMail } from './mails';
import { teamOf } from './propose';
import { type TakenSlot, takeSlot } from './take-slot';
import { termsOf } from './terms';
import { stepTimers } from './timer';

export const bookInput = z.strictObject({
  handoffId: id,
  channel,
  /** Null: within as long as the team says. */
  startAt: instant.nullable(),
  phone,
  email,
  timeZone,
});
type Input = z.output<typeof bookInput>;

/** An address is typed by anybody: whoever owns it is not written to more often than this. */
const MOST_A_DAY = 20;
const DAY_MS = 24 * 60 * 60_000;

/**
 * The customer chose to be called: at a time, which closes the chat until then, or as soon as somebody can, which puts
 * them in line. One call at a time is agreed with a customer.
 */
export async function bookCallback(
  ctx: Context,
  actor: VisitorActor,
  raw: z.input<typeof bookInput>,
): Promise<{ email: string | null }> {
  const input = bookInput.parse(raw);
  const contact = contactOf(input, { phone: input.channel === 'voice', email: input.startAt !== null });
  if (contact.email !== null) await refuseTooMany(ctx, contact.email);
  refuseSwitchedOff(ctx, actor, input);
  const done = input.startAt === null ? (['claimed'] as const) : (['scheduled', 'claimed'] as const);
  await answerOffer(ctx, actor, input.handoffId, 'bookCallback', done, async (loaded) => {
    const asked = { ...input, ...contact };
    try {
      return input.startAt === null
        ? await waitForCall(ctx, actor, loaded, asked)
        : await bookSlot(ctx, actor, loaded, asked, input.startAt);
    } catch (error) {
      if (isUniqueViolation(error, 'callbacks_one_open')) {
        throw new AppError('limit', 'A call is agreed already. Move or cancel that one.');
      }
      throw error;
    }
  });
  return { email: contact.email };
}

/** What the bot goes without it does not do, whatever stood in an offer. */
function refuseSwitchedOff(ctx: Context, { widgetId }: VisitorActor, { startAt }: Input): void {
  const tools = ctx.settings.tools(widgetId);
  const names = startAt === null ? [] : (['propose_callback_slots'] as const);
  if ([...names, 'schedule_callback' as const].every((tool) => isToolOn(tools, tool))) return;
  throw new AppError('conflict', 'Calls are not offered here any more. Choose another way.');
}

async function refuseTooMany(ctx: Context, address: string): Promise<void> {
  if ((await countMailsTo(ctx.db, address, ctx.now() - DAY_MS)) < MOST_A_DAY) return;
  throw new AppError('limit', 'This address was written to too often today. Give another, or try tomorrow.');
}

/** What becomes of the conversation is read once; only with whom it is differs from try to try. */
async function bookSlot(
  ctx: Context,
  actor: VisitorActor,
  loaded: LoadedConversation,
  input: Input,
  startAt: number,
): Promise<Committed | null> {
  const { head } = loaded;
  const teamId = head.teamId ?? teamOf(ctx, head.widgetId, head.topic);
  const calendar = await readCalendar(ctx, { teamId, channel: input.channel });
  if (calendar === null || calendar.settings.mode !== 'slots') throw notOffered(input.channel);
  const queued = (await queueChange(ctx, loaded, input.handoffId, 'callback')).patchHandoff;
  if (queued === undefined) throw notOffered(input.channel);
  const { queuedAt: _, ...known } = queued.set;
  const customer = head.customerId ? await findCustomer(ctx.db, head.customerId) : null;
  return takeSlot(ctx, calendar, startAt, null, (slot) => {
    const callback = callbackOf(ctx, head.id, { ...input, teamId }, slot, startAt);
    return commitChange(
      ctx,
      actor,
      {
        conversationId: head.id,
        guard: { ...guardOf(loaded), handoffId: input.handoffId },
        head: { state: 'resolved', resolvedAt: ctx.now(), teamId, agentId: null },
        patchHandoff: {
          id: input.handoffId,
          set: { ...known, state: 'scheduled', sla: [], teamId },
        },
        messages: [],
        events: [
          { kind: 'callback.booked', payload: termsOf(callback) },
          {
            kind: 'handoff.scheduled',
            payload: { handoffId: input.handoffId, callbackId: callback.callbackId },
          },
        ],
        insertCallback: callback,
        ...(callback.email === null ? {} : { visitorEmail: callback.email }),
        ...invitationMail(ctx, { ...callback, conversationId: head.id }, 'booked', {
          widgetId: head.widgetId,
          visitorId: head.visitorId,
          name: customer?.name ?? null,
        }),
        ...stepTimers({ ...callback, conversationId: head.id }),
        removeTimers: [{ key: botTurnKey(head.id) }],
      },
      { teamId: head.teamId },
    );
  });
}

/** No time was chosen: they stand in line as all others do, under the promise that was made to them. */
async function waitForCall(
  ctx: Context,
  actor: VisitorActor,
  loaded: LoadedConversation,
  input: Input,
): Promise<Committed | null> {
  const { head, handoff } = loaded;
  if (handoff === null) throw notOffered(input.channel);
  const teamId = head.teamId ?? teamOf(ctx, head.widgetId, head.topic);
  const settings = ctx.settings.callbacks(teamId);
  if (settings.mode === 'off' || settings.minutes[input.channel] === null) throw notOffered(input.channel);
  const { calendar } = ctx.settings.hours(teamId);
  const lateAt = addBusinessMs(calendar, ctx.now(), settings.withinMinutes * 60_000);
  if (lateAt === null) throw notOffered(input.channel);
  const callback = { ...callbackOf(ctx, head.id, { ...input, teamId }, null, lateAt), state: 'due' as const };
  const rules = callbackRules(lateAt, ctx.now());
  const change: Change =
    head.state === 'bot'
      ? await queueChange(ctx, loaded, input.handoffId, 'callback', null, rules)
      : {
          ...pathChange(loaded, input.handoffId, 'callback'),
          patchHandoff: {
            id: input.handoffId,
            set: { path: 'callback', sla: beginSla(ctx, head.id, teamId, handoff.priority, rules).sla },
          },
          upsertTimers: [slaTimer(head.id, ctx.now())],
        };
  return commitChange(ctx, actor, {
    ...change,
    events: [{ kind: 'callback.booked', payload: termsOf(callback) }, ...change.events],
    insertCallback: callback,
    ...(callback.email === null ? {} : { visitorEmail: callback.email }),
  });
}

function guardOf({ head }: LoadedConversation): Change['guard'] {
  return { states: [head.state], version: head.version, ringAgentId: head.ring?.agentId ?? null };
}

export function callbackOf(
  ctx: Context,
  conversationId: string,
  of: Pick<Input, 'handoffId' | 'channel' | 'phone' | 'email' | 'timeZone'> & { teamId: string },
  slot: TakenSlot | null,
  lateAt: number,
): NewCallback & { conversationId: string } {
  return {
    callbackId: ctx.newId(),
    conversationId,
    handoffId: of.handoffId,
    teamId: of.teamId,
    channel: of.channel,
    state: 'booked',
    slot: slot && { startAt: slot.startAt, endAt: slot.endAt },
    heldUntil: slot?.heldUntil ?? null,
    lateAt: slot?.lateAt ?? lateAt,
    agent: slot?.agent ?? null,
    phone: of.phone,
    email: of.email,
    timeZone: of.timeZone,
    teamTimeZone: ctx.settings.hours(of.teamId).calendar?.timeZone ?? of.timeZone,
    sequence: 0,
    remindedAt: slot?.remindedAt ?? null,
    createdAt: ctx.now(),
  };
}

function notOffered(wanted: CallbackChannel): AppError {
  const words = { voice: 'by phone', video: 'by video', chat: 'by chat' };
  return new AppError('conflict', `This team does not call back ${words[wanted]} any more. Choose again.`);
}
