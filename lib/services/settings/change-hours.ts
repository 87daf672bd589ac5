import { z } from 'zod';
import { canonical } from '@/db/chain';
import { settingWrite } from '@/db/queries/settings';
import { commitSetting } from '@/db/queries/stream';
import { type Actor, loggedActor } from '@/lib/domain/actor';
import { authorise } from '../authorise';
import type { Context } from '../context';
import { AppError, notFound } from '../errors';
import { id } from '../message/inputs';
import { tellSettingsChanged } from '../notices';
import { calendar, seenVersion } from './inputs';
import { hoursKey, type TeamHours } from './settings';

export const changeHoursInput = z.strictObject({
  teamId: id,
  version: seenVersion,
  calendar: calendar.nullable(),
});

/**
 * Sets a team's week, its holidays and its time zone; null is around the clock. Refused over another version than the
 * one that was seen (0 for never set); what is so already is done again without a trace.
 */
export async function changeHours(
  ctx: Context,
  actor: Actor,
  raw: z.input<typeof changeHoursInput>,
): Promise<TeamHours> {
  if (actor.kind === 'agent') authorise(actor, 'settings.change');
  const { teamId, version, calendar: wanted } = changeHoursInput.parse(raw);
  const team = ctx.directory.team(teamId);
  if (team === undefined) throw notFound('team');
  if (ctx.settings.hours(teamId).version !== version) await ctx.settings.refresh();
  const before = ctx.settings.hours(teamId);
  if (before.version !== version) throw changedMeanwhile();
  if (canonical(wanted) === canonical(before.calendar)) return before;
  const after: TeamHours = { version: version + 1, calendar: wanted };
  const at = ctx.now();
  const written = await commitSetting(
    ctx.db,
    ctx.keys.audit,
    settingWrite(hoursKey(teamId), after, { version, missing: 0 }, at),
    {
      kind: 'hours.changed',
      actor: loggedActor(actor),
      payload: { teamId, teamName: team.name, before, after },
      at,
    },
  );
  if (!written) throw changedMeanwhile();
  await tellSettingsChanged(ctx);
  return after;
}

function changedMeanwhile(): AppError {
  return new AppError(
    'conflict',
    'Somebody changed these hours meanwhile. Look at theirs before you save yours.',
  );
}
