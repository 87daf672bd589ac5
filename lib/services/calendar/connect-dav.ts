import { z } from 'zod';
import type { AgentActor } from '@/lib/domain/actor';
import { authorise } from '../authorise';
import { timeZone } from '../callback/inputs';
import type { Context } from '../context';
import { AppError } from '../errors';
import { connectCalendar } from './connect';
import { calendarName } from './inputs';

const account = {
  /** Of the server, or of anything in the account. */
  url: z
    .string()
    .trim()
    .max(2000)
    .refine(URL.canParse, 'Give the whole address, such as https://dav.example.'),
  user: z.string().trim().min(1, 'Give the user.').max(320),
  password: z.string().min(1, 'Give the password.').max(1000),
};

export const findDavInput = z.strictObject(account);

/** The calendars of an account, to choose one of. Nothing is kept. */
export async function findDavCalendars(
  ctx: Context,
  actor: AgentActor,
  raw: z.input<typeof findDavInput>,
): Promise<{ calendars: { url: string; name: string }[] }> {
  authorise(actor, 'calendar.connect');
  const found = await ctx.calendars.find(findDavInput.parse(raw));
  if (found.kind === 'failed') {
    throw new AppError('invalid', found.reason, { fields: { url: found.reason } });
  }
  return { calendars: found.calendars };
}

export const connectDavInput = z.strictObject({ ...account, name: calendarName, timeZone });

/** Connects one calendar of an account, by its own address. */
export async function connectDav(
  ctx: Context,
  actor: AgentActor,
  raw: z.input<typeof connectDavInput>,
): Promise<{ calendarId: string }> {
  authorise(actor, 'calendar.connect');
  const { name, timeZone: zone, url, user, password } = connectDavInput.parse(raw);
  return connectCalendar(ctx, actor, {
    name,
    host: new URL(url).host,
    timeZone: zone,
    access: { kind: 'caldav', url, user, password },
    field: 'url',
  });
}
