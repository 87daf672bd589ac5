import { z } from 'zod';
import { findConversation } from '@/db/queries/conversations';
import { readAskedTime } from '@/db/queries/offers';
import type { VisitorActor } from '@/lib/domain/actor';
import { instantAsked } from '@/lib/domain/asked-time';
import { DEFAULT_TOOL_SWITCHES, isToolOn, type ToolSwitches } from '@/lib/domain/bot-tools';
import { isOpen } from '@/lib/domain/business-hours';
import { type CallbackChannel, REMINDER_MS } from '@/lib/domain/callback';
import { channelsOf } from '@/lib/domain/callback-settings';
import { freeSlots, type Slot, spreadSlots } from '@/lib/domain/callback-slots';
import type { OfferedCallback } from '@/lib/domain/conversation';
import { teamFor } from '@/lib/domain/team-for';
import type { CallbackProposal } from '@/lib/protocol';
import type { Context } from '../context';
import { notFound } from '../errors';
import { id, instant } from '../message/inputs';
import { conversationOf } from '../visitor/conversation-of';
import { type MovingCall, readCalendar } from './calendar';
import { channel, timeZone } from './inputs';

const MOST_SLOTS = 3;

export const proposeInput = z.strictObject({
  handoffId: id,
  channel: channel.nullable(),
  timeZone,
  /** Others than up to then. */
  after: instant.nullable(),
});

/** Up to three times at which this customer could be called, and within how long where they would rather not choose one. */
export async function proposeSlots(
  ctx: Context,
  actor: VisitorActor,
  raw: z.input<typeof proposeInput>,
): Promise<CallbackProposal> {
  const input = proposeInput.parse(raw);
  const conversationId = await conversationOf(ctx, actor);
  const loaded = conversationId === null ? null : await findConversation(ctx.db, conversationId);
  if (loaded?.handoff?.id !== input.handoffId) throw notFound('handoff');
  const { head } = loaded;
  const teamId = head.teamId ?? teamOf(ctx, actor.widgetId, head.topic);
  const asked = await readAskedTime(ctx.db, head.id, input.handoffId);
  const near = asked && instantAsked(asked.asked, asked.at, input.timeZone);
  return proposalFor(ctx, { teamId, ...input, near, tools: ctx.settings.tools(actor.widgetId) });
}

/** The team whose calendar it is where nobody has the conversation yet. */
export function teamOf(ctx: Context, widgetId: string, topic: string | null): string {
  const widget = ctx.directory.widget(widgetId);
  if (widget === undefined) throw notFound('widget');
  return teamFor(topic, ctx.directory.teams(), widget.teamId);
}

export async function proposalFor(
  ctx: Context,
  of: {
    teamId: string;
    channel: CallbackChannel | null;
    timeZone: string;
    after: number | null;
    agentId?: string;
    /** A call that is to be moved: it is not in its own way, and its own time is no other. */
    moving?: MovingCall;
    most?: number;
    /** From when times suit best. */
    near?: number | null;
    /** What the bot that asks goes without. */
    tools?: ToolSwitches;
  },
): Promise<CallbackProposal> {
  const settings = ctx.settings.callbacks(of.teamId);
  const { tools = DEFAULT_TOOL_SWITCHES } = of;
  const isOff = settings.mode === 'off' || !isToolOn(tools, 'schedule_callback');
  const givesTimes = !isOff && settings.mode === 'slots' && isToolOn(tools, 'propose_callback_slots');
  const channels = isOff ? [] : channelsOf(settings);
  const chosen = of.channel ?? channels[0]?.channel ?? 'voice';
  const except = of.moving ? { except: of.moving } : {};
  const calendar = givesTimes ? await readCalendar(ctx, { ...of, ...except, channel: chosen }) : null;
  const teamCalendar = ctx.settings.hours(of.teamId).calendar;
  const slotsFrom = (from: number) => {
    const free = calendar === null ? [] : freeSlots({ ...calendar, from: Math.max(calendar.from, from) });
    return spreadSlots(others(free, of.moving?.slot?.startAt), of.timeZone, of.most ?? MOST_SLOTS);
  };
  const near = of.after === null && of.near ? slotsFrom(of.near) : [];
  const slots = near.length > 0 ? near : slotsFrom((of.after ?? 0) + 1);
  const mayJustWait = !isOff && chosen === 'voice' && channels.length > 0;
  const isSoon = isOpen(teamCalendar, ctx.now()) || (slots.length === 0 && of.after === null);
  return {
    channel: chosen,
    channels,
    slots: slots.map(({ startAt, endAt }) => ({ startAt, endAt })),
    teamTimeZone: teamCalendar?.timeZone ?? null,
    withinMs: mayJustWait && isSoon ? settings.withinMinutes * 60_000 : null,
    remindMs: REMINDER_MS,
  };
}

function* others(slots: Iterable<Slot>, startAt: number | undefined): Generator<Slot> {
  for (const slot of slots) if (slot.startAt !== startAt) yield slot;
}

/** Whether the team calls customers at all, now or later. */
export function makesCalls(ctx: Context, teamId: string): boolean {
  const settings = ctx.settings.callbacks(teamId);
  const isTeam = ctx.directory.agents().some(({ teamIds }) => teamIds.includes(teamId));
  return settings.mode !== 'off' && channelsOf(settings).length > 0 && isTeam;
}

/** What an offer says of calls: the next time, or within how long; null where none is offered. */
export async function offeredCallback(
  ctx: Context,
  teamId: string,
  tools: ToolSwitches,
): Promise<OfferedCallback | null> {
  const settings = ctx.settings.callbacks(teamId);
  const [first] = channelsOf(settings);
  if (first === undefined || !makesCalls(ctx, teamId) || !isToolOn(tools, 'schedule_callback')) return null;
  const givesTimes = settings.mode === 'slots' && isToolOn(tools, 'propose_callback_slots');
  const calendar = givesTimes ? await readCalendar(ctx, { teamId, channel: first.channel }) : null;
  const [slot] = calendar === null ? [] : freeSlots(calendar);
  if (slot) return { kind: 'slots', nextAt: slot.startAt };
  if (first.channel !== 'voice') return null;
  return { kind: 'queue', withinMs: settings.withinMinutes * 60_000 };
}
