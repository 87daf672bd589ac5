import { z } from 'zod';
import type { AgentActor } from '@/lib/domain/actor';
import { authorise } from '../authorise';
import { timeZone } from '../callback/inputs';
import type { Context } from '../context';
import { AppError } from '../errors';
import { connectCalendar } from './connect';
import { calendarName } from './inputs';

export const connectFeedInput = z.strictObject({
  name: calendarName,
  /** `https://`, or `webcal://` as calendars write it. */
  url: z.string().trim().max(2000),
  timeZone,
});

/** An address that publishes an agent's times, which every calendar has; it can be read and not written. */
export async function connectFeed(
  ctx: Context,
  actor: AgentActor,
  raw: z.input<typeof connectFeedInput>,
): Promise<{ calendarId: string }> {
  authorise(actor, 'calendar.connect');
  const input = connectFeedInput.parse(raw);
  const url = input.url.replace(/^webcals?:\/\//i, 'https://');
  if (!URL.canParse(url)) {
    const message = 'Give the whole address, such as https://calendar.example/maya.ics.';
    throw new AppError('invalid', message, { fields: { url: message } });
  }
  return connectCalendar(ctx, actor, {
    name: input.name,
    host: new URL(url).host,
    timeZone: input.timeZone,
    access: { kind: 'feed', url },
    field: 'url',
  });
}
