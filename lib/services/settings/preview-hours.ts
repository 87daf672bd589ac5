import { z } from 'zod';
import type { AgentActor } from '@/lib/domain/actor';
import { isOpen, nextClosing, nextOpening } from '@/lib/domain/business-hours';
import { authorise } from '../authorise';
import type { Context } from '../context';
import { notFound } from '../errors';
import { id } from '../message/inputs';
import { type Affected, countAffected } from './affected';
import { calendar } from './inputs';
import { calendarVersion } from './settings';

export const previewHoursInput = z.strictObject({ teamId: id, calendar: calendar.nullable() });

export interface HoursPreview {
  open: boolean;
  /** The next opening from now on; null while open, and where nothing opens within two years. */
  opensAt: number | null;
  /** The next closing; null where it never closes. */
  closesAt: number | null;
  affected: Affected;
}

/** What these hours would mean now, and for the team's open handoffs, before anything is saved. */
export async function previewHours(
  ctx: Context,
  actor: AgentActor,
  raw: z.input<typeof previewHoursInput>,
): Promise<HoursPreview> {
  authorise(actor, 'settings.read');
  const { teamId, calendar: wanted } = previewHoursInput.parse(raw);
  if (ctx.directory.team(teamId) === undefined) throw notFound('team');
  const now = ctx.now();
  const open = isOpen(wanted, now);
  const version = calendarVersion(teamId, ctx.settings.hours(teamId).version + 1);
  return {
    open,
    opensAt: open ? null : nextOpening(wanted, now),
    closesAt: nextClosing(wanted, now),
    affected: await countAffected(ctx, teamId, (rules) => ({
      ...rules,
      calendar: wanted,
      calendarVersion: version,
    })),
  };
}
