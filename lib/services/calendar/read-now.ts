import { z } from 'zod';
import { dueCalendar } from '@/db/queries/calendars';
import type { AgentActor } from '@/lib/domain/actor';
import { scopeOf } from '@/lib/domain/permissions';
import { authorise } from '../authorise';
import type { Context } from '../context';
import { notFound } from '../errors';
import { id } from '../message/inputs';
import { wakeCalendars } from './timer';

export const readCalendarNowInput = z.strictObject({ calendarId: id });

/** Has a calendar read now: one's own, or as an admin anybody's. */
export async function readCalendarNow(
  ctx: Context,
  actor: AgentActor,
  raw: z.input<typeof readCalendarNowInput>,
): Promise<Record<string, never>> {
  authorise(actor, 'calendar.disconnect');
  const { calendarId } = readCalendarNowInput.parse(raw);
  const ownAlone = scopeOf(actor.role, 'calendar.disconnect') === 'own';
  if (!(await dueCalendar(ctx.db, calendarId, ownAlone ? actor.id : null, ctx.now())))
    throw notFound('calendar');
  await wakeCalendars(ctx);
  return {};
}
