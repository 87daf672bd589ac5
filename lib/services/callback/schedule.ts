import { z } from 'zod';
import { isUniqueViolation } from '@/db/errors';
import { newestCallback } from '@/db/queries/callbacks';
import { findConversation } from '@/db/queries/conversations';
import { findCustomer } from '@/db/queries/customers';
import { findVisitor } from '@/db/queries/visitors';
import type { AgentActor } from '@/lib/domain/actor';
import { TRANSITIONS } from '@/lib/domain/transitions';
import type { CallbackProposal } from '@/lib/protocol';
import { authorise, authoriseOn } from '../authorise';
import { commitChange } from '../commit';
import type { Context } from '../context';
import { AppError, notFound } from '../errors';
import { refuseFenced } from '../handoff/refuse-fenced';
import { endTransfer } from '../handoff/withdraw-transfer';
import { id, instant, ownerEpoch } from '../message/inputs';
import { slaTimer } from '../sla/sla-timer';
import { callbackOf } from './book';
import { readCalendar } from './calendar';
import { channel, contactOf, email, phone } from './inputs';
import { invitationMail } from './mails';
import { proposalFor } from './propose';
import { takeSlot } from './take-slot';
import { termsOf } from './terms';
import { stepTimers } from './timer';

const MOST_SLOTS = 9;

export const ownSlotsInput = z.strictObject({
  conversationId: id,
  channel: channel.nullable(),
  after: instant.nullable(),
});

/** Times of one's own calendar, with how the customer may be reached as far as it is known. */
export async function readOwnSlots(
  ctx: Context,
  actor: AgentActor,
  raw: z.input<typeof ownSlotsInput>,
): Promise<CallbackProposal & { timeZone: string; phone: string; email: string }> {
  authorise(actor, 'callback.schedule');
  const input = ownSlotsInput.parse(raw);
  const { head, teamId, timeZone, known } = await standing(ctx, actor, input.conversationId);
  const visitor = await findVisitor(ctx.db, head.visitorId);
  const customer = head.customerId ? await findCustomer(ctx.db, head.customerId) : null;
  const proposal = await proposalFor(ctx, {
    ...input,
    teamId,
    timeZone,
    agentId: actor.id,
    most: MOST_SLOTS,
  });
  return {
    ...proposal,
    withinMs: null,
    timeZone,
    phone: known?.phone ?? '',
    email: known?.email ?? visitor?.email ?? customer?.email ?? '',
  };
}

export const scheduleInput = z.strictObject({
  conversationId: id,
  ownerEpoch,
  channel,
  startAt: instant,
  phone,
  email,
});

/** An agent agrees a call with their customer: in their own calendar. The conversation rests until then. */
export async function scheduleCallback(
  ctx: Context,
  actor: AgentActor,
  raw: z.input<typeof scheduleInput>,
): Promise<Record<string, never>> {
  authorise(actor, 'callback.schedule');
  const input = scheduleInput.parse(raw);
  const contact = contactOf(input, { phone: input.channel === 'voice', email: input.channel !== 'voice' });
  const { head, handoffId, teamId, timeZone } = await standing(ctx, actor, input.conversationId);
  const calendar = await readCalendar(ctx, { teamId, channel: input.channel, agentId: actor.id });
  if (calendar === null) throw new AppError('conflict', 'Your team does not call back this way any more.');
  if (head.ownerEpoch === input.ownerEpoch) await endTransfer(ctx, actor, head);
  const customer = head.customerId ? await findCustomer(ctx.db, head.customerId) : null;
  try {
    const committed = await takeSlot(ctx, calendar, input.startAt, actor.id, (slot) => {
      const callback = callbackOf(
        ctx,
        head.id,
        { ...input, ...contact, handoffId, teamId, timeZone },
        slot,
        slot.startAt,
      );
      return commitChange(
        ctx,
        actor,
        {
          conversationId: head.id,
          guard: {
            states: TRANSITIONS.resolve.conversation,
            agentId: actor.id,
            ownerEpoch: input.ownerEpoch,
            handoffId,
          },
          head: { state: 'resolved', resolvedAt: ctx.now() },
          patchHandoff: { id: handoffId, set: { state: 'scheduled', path: 'callback' } },
          messages: [],
          events: [
            { kind: 'callback.booked', payload: termsOf(callback) },
            { kind: 'handoff.scheduled', payload: { handoffId, callbackId: callback.callbackId } },
          ],
          insertCallback: callback,
          ...invitationMail(ctx, callback, 'booked', {
            widgetId: head.widgetId,
            visitorId: head.visitorId,
            name: customer?.name ?? null,
          }),
          ...stepTimers(callback),
          removeTimers: [{ key: slaTimer(head.id, 0).key }],
        },
        { teamId: head.teamId, agentId: actor.id },
      );
    });
    if (committed === null) await refuseFenced(ctx, actor, 'callback.schedule', input.conversationId);
  } catch (error) {
    if (!isUniqueViolation(error, 'callbacks_one_open')) throw error;
    throw new AppError(
      'limit',
      'A call is agreed with this customer already. Say first how it went, or cancel it.',
    );
  }
  return {};
}

/** One's own conversation, with the team and the clock that a call of it goes by. */
async function standing(ctx: Context, actor: AgentActor, conversationId: string) {
  const loaded = await findConversation(ctx.db, conversationId);
  if (loaded === null) throw notFound('conversation');
  const { head, handoff } = loaded;
  authoriseOn(actor, 'callback.schedule', head);
  if (handoff === null || head.state !== 'active') {
    throw new AppError('conflict', 'Claim the conversation first: it is not with you.');
  }
  const teamId = head.teamId ?? ctx.directory.widget(head.widgetId)?.teamId;
  if (teamId === undefined) throw notFound('team');
  const customer = head.customerId ? await findCustomer(ctx.db, head.customerId) : null;
  const known = await newestCallback(ctx.db, conversationId);
  const teamZone = ctx.settings.hours(teamId).calendar?.timeZone;
  const timeZone = known?.timeZone ?? customer?.timeZone ?? teamZone ?? 'UTC';
  return { head, handoffId: handoff.id, teamId, timeZone, known };
}
