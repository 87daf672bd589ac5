import type { AgentActor } from '@/lib/domain/actor';
import type { BotThresholds } from '@/lib/domain/bot-settings';
import type { CallbackSettings } from '@/lib/domain/callback-settings';
import type { PriorityPolicy } from '@/lib/domain/priority-policy';
import type { QueueSettings } from '@/lib/domain/queue-settings';
import type { SlaPolicy } from '@/lib/domain/sla-policy';
import { authorise } from '../authorise';
import type { Context } from '../context';
import type { TeamHours } from './settings';

/** What every handoff is promised. */
export function readSlaPolicy(ctx: Context, actor: AgentActor): SlaPolicy {
  authorise(actor, 'settings.read');
  return ctx.settings.slaPolicy();
}

/** By what the first priority of a handoff is decided. */
export function readPriorityPolicy(ctx: Context, actor: AgentActor): PriorityPolicy {
  authorise(actor, 'settings.read');
  return ctx.settings.priorityPolicy();
}

/** When the bot offers a person. */
export function readBotThresholds(ctx: Context, actor: AgentActor): BotThresholds {
  authorise(actor, 'settings.read');
  return ctx.settings.thresholds();
}

/** Who is served next, and what belongs to it. */
export function readQueueSettings(ctx: Context, actor: AgentActor): QueueSettings {
  authorise(actor, 'settings.read');
  return ctx.settings.queue();
}

/** The hours of every team, in the teams' order. */
export function readHours(
  ctx: Context,
  actor: AgentActor,
): { teamId: string; name: string; hours: TeamHours }[] {
  authorise(actor, 'settings.read');
  return ctx.directory.teams().map(({ id, name }) => ({ teamId: id, name, hours: ctx.settings.hours(id) }));
}

/** How every team calls back, in the teams' order. */
export function readCallbackSettings(
  ctx: Context,
  actor: AgentActor,
): { teamId: string; name: string; callbacks: CallbackSettings }[] {
  authorise(actor, 'settings.read');
  return ctx.directory
    .teams()
    .map(({ id, name }) => ({ teamId: id, name, callbacks: ctx.settings.callbacks(id) }));
}
