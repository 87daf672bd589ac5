import { z } from 'zod';
import { takeCallsWrite, takeNoCalls } from '@/db/queries/calendars';
import { commitSetting } from '@/db/queries/stream';
import { type AgentActor, loggedActor } from '@/lib/domain/actor';
import { authorise } from '../authorise';
import type { Context } from '../context';
import { notFound } from '../errors';
import { id } from '../message/inputs';
import { wakeCalendars } from './timer';

export const chooseCalendarInput = z.strictObject({ calendarId: id, takesCalls: z.boolean() });

/** Which of one's calendars calls are written into: one of them, or none. Calls that are agreed already move there too. */
export async function chooseCalendar(
  ctx: Context,
  actor: AgentActor,
  raw: z.input<typeof chooseCalendarInput>,
): Promise<Record<string, never>> {
  authorise(actor, 'calendar.connect');
  const { calendarId, takesCalls } = chooseCalendarInput.parse(raw);
  if (takesCalls) await takeNoCalls(ctx.db, actor.id);
  const payload = { calendarId, takesCalls };
  const event = { kind: 'calendar.chosen', actor: loggedActor(actor), payload, at: ctx.now() };
  const write = takeCallsWrite(calendarId, actor.id, takesCalls);
  if (!(await commitSetting(ctx.db, ctx.keys.audit, write, event))) throw notFound('calendar');
  await wakeCalendars(ctx);
  return {};
}
