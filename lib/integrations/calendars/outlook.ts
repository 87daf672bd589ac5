import { z } from 'zod';
import { mergeSpans } from '@/lib/domain/spans';
import type { Calendar, CalendarEvent } from '@/lib/services/calendar/calendars';
import { answering, CalendarFault } from './answering';
import { type AccessTokens, askAccount } from './oauth';

const instant = z.object({ dateTime: z.string(), timeZone: z.literal('UTC') });
const page = z.object({
  value: z.array(z.object({ start: instant, end: instant, showAs: z.string(), isCancelled: z.boolean() })),
  '@odata.nextLink': z.string().optional(),
});
const found = z.object({ value: z.array(z.object({ id: z.string() })) });
const FREE = ['free', 'workingElsewhere'];
const MOST_PAGES = 20;
const EVENTS = '/v1.0/me/events';
/** An extended property by which our own events are found again. */
const PROPERTY = 'String {7f0e4a52-5c7b-4d0e-9a4b-2f6d0c1b8e33} Name BatonCall';

/** The main calendar of a Microsoft account, by Graph v1.0: calendarView, and events that are made, changed and deleted. */
export function outlookCalendar(tokens: AccessTokens, access: Parameters<typeof askAccount>[1]): Calendar {
  const eventId = async (uid: string): Promise<string | null> => {
    const filter = `singleValueExtendedProperties/Any(ep: ep/id eq '${PROPERTY}' and ep/value eq '${uid}')`;
    const query = new URLSearchParams({ $filter: filter, $select: 'id', $top: '1' });
    const { body } = await askAccount(tokens, access, `${EVENTS}?${query}`, {});
    return found.parse(body).value[0]?.id ?? null;
  };
  return {
    busy: (window) =>
      answering(async () => {
        const query = new URLSearchParams({
          startDateTime: new Date(window.start).toISOString(),
          endDateTime: new Date(window.end).toISOString(),
          $select: 'start,end,showAs,isCancelled',
          $top: '250',
        });
        const headers = { prefer: 'outlook.timezone="UTC"' };
        const spans = [];
        let next: string | undefined = `/v1.0/me/calendarView?${query}`;
        for (let read = 0; next !== undefined; read += 1) {
          if (read === MOST_PAGES) throw new CalendarFault('The calendar has too many events.');
          const answer: { body: unknown } = await askAccount(tokens, access, next, { headers });
          const { value, '@odata.nextLink': link } = page.parse(answer.body);
          const taken = value.filter(({ showAs, isCancelled }) => !isCancelled && !FREE.includes(showAs));
          spans.push(...taken.map(({ start, end }) => ({ start: at(start), end: at(end) })));
          next = link === undefined ? undefined : pathOf(link, tokens.client.apiUrl);
        }
        return { kind: 'read', busy: mergeSpans(spans, window) };
      }),
    write: {
      put: (event) =>
        answering(async () => {
          const id = await eventId(event.uid);
          if (id === null) {
            const body = {
              ...bodyOf(event),
              transactionId: `${event.uid}/${event.sequence}`,
              singleValueExtendedProperties: [{ id: PROPERTY, value: event.uid }],
            };
            await askAccount(tokens, access, EVENTS, { method: 'POST', body });
          } else {
            const path = `${EVENTS}/${encodeURIComponent(id)}`;
            await askAccount(tokens, access, path, { method: 'PATCH', body: bodyOf(event) });
          }
          return { kind: 'written' };
        }),
      remove: (uid) =>
        answering(async () => {
          const id = await eventId(uid);
          if (id !== null) {
            const path = `${EVENTS}/${encodeURIComponent(id)}`;
            await askAccount(tokens, access, path, { method: 'DELETE', expected: [404] });
          }
          return { kind: 'written' };
        }),
    },
  };
}

function bodyOf({ title, description, start, end }: CalendarEvent) {
  const timed = (instantAt: number) => ({
    dateTime: new Date(instantAt).toISOString().replace('Z', ''),
    timeZone: 'UTC',
  });
  return {
    subject: title,
    body: { contentType: 'text', content: description },
    start: timed(start),
    end: timed(end),
    showAs: 'busy',
  };
}

/** `2026-11-26T10:00:00.0000000`, which is universal time as it was asked for. */
function at({ dateTime }: z.output<typeof instant>): number {
  return Date.parse(`${dateTime.slice(0, 19)}Z`);
}

/** The token goes to no other server than the one it is for. */
function pathOf(link: string, apiUrl: string): string {
  const url = new URL(link);
  if (url.origin !== new URL(apiUrl).origin) throw new CalendarFault('The provider leads to another server.');
  return `${url.pathname}${url.search}`;
}
