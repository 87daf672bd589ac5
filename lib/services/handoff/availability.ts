import type { ToolSwitches } from '@/lib/domain/bot-tools';
import type { OfferedCallback } from '@/lib/domain/conversation';
import { type TeamAvailability, teamAvailability } from '@/lib/domain/team-availability';
import { teamFor } from '@/lib/domain/team-for';
import { offeredCallback } from '../callback/propose';
import type { Context } from '../context';
import { type Prospect, quoteNewcomer } from '../queue/quote';
import { teamSlots } from '../queue/team-slots';

export interface Outlook {
  /** What the widget's bot goes without. */
  tools: ToolSwitches;
  teamId: string;
  availability: TeamAvailability;
  prospect: Prospect;
  /** Null where no call is offered. */
  callback: OfferedCallback | null;
}

/** What somebody who asked for a person now would meet: the team it would be, whether it is there, and its line. */
export async function readOutlook(
  ctx: Context,
  /** `team`: the name of the one that a rule has chosen. */
  of: { widgetId: string; topic: string | null; team?: string | null },
): Promise<Outlook | null> {
  const widget = ctx.directory.widget(of.widgetId);
  if (widget === undefined) return null;
  const teamId = teamFor(of.team ?? of.topic, ctx.directory.teams(), widget.teamId);
  const there = await teamSlots(ctx, teamId);
  const tools = ctx.settings.tools(of.widgetId);
  const [prospect, callback] = await Promise.all([
    quoteNewcomer(ctx, teamId, there),
    offeredCallback(ctx, teamId, tools),
  ]);
  const { calendar } = ctx.settings.hours(teamId);
  return {
    tools,
    teamId,
    availability: teamAvailability(calendar, there !== null, ctx.now()),
    prospect,
    callback,
  };
}
