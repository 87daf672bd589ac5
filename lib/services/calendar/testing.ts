import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Context } from '../context';
import { followCalendars } from './follow';
import { CALENDARS_DUE } from './timer';

/** A server that publishes one calendar, which a test writes; null: it answers with an error. */
export async function servedFeed() {
  const feed: { text: string | null; asked: number } = { text: calendarText(), asked: 0 };
  const server = createServer((_, response) => {
    feed.asked += 1;
    if (feed.text === null) response.writeHead(500).end();
    else response.writeHead(200, { 'content-type': 'text/calendar' }).end(feed.text);
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  const { port } = server.address() as AddressInfo;
  return {
    feed,
    url: `http://127.0.0.1:${port}/secret-a1b2/maya.ics`,
    close: () => new Promise<void>((closed) => server.close(() => closed())),
  };
}

/** A calendar with one event for each of these times. */
export function calendarText(...times: readonly (readonly [start: number, end: number])[]): string {
  const stamp = (at: number) => new Date(at).toISOString().replace(/[-:]|\.\d+/g, '');
  const events = times.flatMap(([start, end], index) => [
    'BEGIN:VEVENT',
    `UID:${index}`,
    'DTSTAMP:20260101T000000Z',
    'SUMMARY:Dentist',
    `DTSTART:${stamp(start)}`,
    `DTEND:${stamp(end)}`,
    'END:VEVENT',
  ]);
  return ['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:test', ...events, 'END:VCALENDAR', ''].join('\r\n');
}

/** The timer's run, as it is when it is due. */
export async function runCalendars(ctx: Context): Promise<void> {
  const timer = {
    key: CALENDARS_DUE,
    kind: CALENDARS_DUE,
    conversationId: '',
    dueAt: ctx.now(),
    attempts: 1,
  };
  await followCalendars(ctx, timer);
}
