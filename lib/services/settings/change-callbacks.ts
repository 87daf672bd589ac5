import { z } from 'zod';
import type { Actor } from '@/lib/domain/actor';
import { type CallbackSettings, DEFAULT_CALLBACK_SETTINGS } from '@/lib/domain/callback-settings';
import { authorise } from '../authorise';
import type { Context } from '../context';
import { AppError, notFound } from '../errors';
import { id } from '../message/inputs';
import { changeSetting } from './change-setting';
import { callbackTerms, seenVersion } from './inputs';
import { callbacksKey } from './settings';

export const changeCallbacksInput = z.strictObject({
  teamId: id,
  version: seenVersion,
  ...callbackTerms.shape,
});

/** How a team calls back from now on. What is agreed already stays as it was agreed. */
export async function changeCallbacks(
  ctx: Context,
  actor: Actor,
  raw: z.input<typeof changeCallbacksInput>,
): Promise<CallbackSettings> {
  if (actor.kind === 'agent') authorise(actor, 'settings.change');
  const { teamId, version: seen, ...terms } = changeCallbacksInput.parse(raw);
  const team = ctx.directory.team(teamId);
  if (team === undefined) throw notFound('team');
  if (terms.minutes.video !== null && terms.meetingUrl === null) {
    const message = 'Give the address of the meeting, or offer no calls by video.';
    throw new AppError('invalid', message, { fields: { meetingUrl: message } });
  }
  return changeSetting(ctx, actor, {
    key: callbacksKey(teamId),
    kind: 'callbacks.changed',
    about: { teamId, teamName: team.name },
    name: 'the callbacks',
    held: () => ctx.settings.callbacks(teamId),
    missing: DEFAULT_CALLBACK_SETTINGS.version,
    seen,
    wanted: (version) => ({ version, ...terms }),
  });
}
