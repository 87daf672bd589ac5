import { z } from 'zod';
import { disconnectWrite } from '@/db/queries/calendars';
import { commitSetting } from '@/db/queries/stream';
import { type AgentActor, loggedActor } from '@/lib/domain/actor';
import { scopeOf } from '@/lib/domain/permissions';
import { authorise } from '../authorise';
import type { Context } from '../context';
import { notFound } from '../errors';
import { id } from '../message/inputs';

export const disconnectCalendarInput = z.strictObject({ calendarId: id });

/** Forgets a calendar with its credentials: one's own, or as an admin anybody's. */
export async function disconnectCalendar(
  ctx: Context,
  actor: AgentActor,
  raw: z.input<typeof disconnectCalendarInput>,
): Promise<Record<string, never>> {
  authorise(actor, 'calendar.disconnect');
  const { calendarId } = disconnectCalendarInput.parse(raw);
  const ownAlone = scopeOf(actor.role, 'calendar.disconnect') === 'own';
  const done = await commitSetting(
    ctx.db,
    ctx.keys.audit,
    disconnectWrite(calendarId, ownAlone ? actor.id : null),
    {
      kind: 'calendar.disconnected',
      actor: loggedActor(actor),
      payload: { calendarId },
      at: ctx.now(),
    },
  );
  if (!done) throw notFound('calendar');
  return {};
}
