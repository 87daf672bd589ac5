import { connectWrite } from '@/db/queries/calendars';
import { commitSetting } from '@/db/queries/stream';
import { type AgentActor, loggedActor } from '@/lib/domain/actor';
import { READ_EVERY_MS } from '@/lib/domain/connected-calendar';
import { authorise } from '../authorise';
import type { Context } from '../context';
import { AppError } from '../errors';
import type { CalendarAccess } from './calendars';
import { sealAccess } from './sealed-access';
import { wakeCalendars } from './timer';
import { readingWindow } from './window';

const MOST = 10;

/** Connects a calendar that can be read, with what was read of it; who connects what is in the log, its address is not. */
export async function connectCalendar(
  ctx: Context,
  actor: AgentActor,
  of: { name: string; host: string; timeZone: string; access: CalendarAccess; field: string },
): Promise<{ calendarId: string }> {
  authorise(actor, 'calendar.connect');
  const { name, host, timeZone, field } = of;
  let { access } = of;
  const at = ctx.now();
  const window = readingWindow(at);
  const calendar = ctx.calendars.open(access, async (renewed) => {
    access = renewed;
  });
  const reading = await calendar.busy(window, timeZone);
  if (reading.kind === 'failed') {
    throw new AppError('invalid', reading.reason, { fields: { [field]: reading.reason } });
  }
  const id = ctx.newId();
  const write = connectWrite(
    {
      id,
      agentId: actor.id,
      kind: access.kind,
      name,
      host,
      timeZone,
      sealed: sealAccess(ctx, id, access),
      busy: reading.busy,
      knownUntil: window.end,
      at,
      nextAt: at + READ_EVERY_MS,
    },
    MOST,
  );
  const payload = { calendarId: id, kind: access.kind, name, host };
  const event = { kind: 'calendar.connected', actor: loggedActor(actor), payload, at };
  if (!(await commitSetting(ctx.db, ctx.keys.audit, write, event))) {
    throw new AppError('limit', `You have ${MOST} calendars, which is as many as there can be.`);
  }
  await wakeCalendars(ctx);
  return { calendarId: id };
}
