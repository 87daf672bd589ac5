import { z } from 'zod';
import type { Actor } from '@/lib/domain/actor';
import { authorise } from '../authorise';
import type { Context } from '../context';
import { notFound } from '../errors';
import { id } from '../message/inputs';
import { changeSetting } from './change-setting';
import { calendar, seenVersion } from './inputs';
import { hoursKey, type TeamHours } from './settings';

export const changeHoursInput = z.strictObject({
  teamId: id,
  version: seenVersion,
  calendar: calendar.nullable(),
});

/** Sets a team's week, its holidays and its time zone; null is around the clock, and version 0 was never set. */
export async function changeHours(
  ctx: Context,
  actor: Actor,
  raw: z.input<typeof changeHoursInput>,
): Promise<TeamHours> {
  if (actor.kind === 'agent') authorise(actor, 'settings.change');
  const { teamId, version: seen, calendar: wanted } = changeHoursInput.parse(raw);
  const team = ctx.directory.team(teamId);
  if (team === undefined) throw notFound('team');
  return changeSetting(ctx, actor, {
    key: hoursKey(teamId),
    kind: 'hours.changed',
    about: { teamId, teamName: team.name },
    name: 'these hours',
    held: () => ctx.settings.hours(teamId),
    missing: 0,
    seen,
    wanted: (version) => ({ version, calendar: wanted }),
  });
}
