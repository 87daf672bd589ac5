import { calendarQuery, createAccount, fetchCalendars } from 'tsdav';
import { mergeSpans } from '@/lib/domain/spans';
import type { Calendar, DavAccount, Found } from '@/lib/services/calendar/calendars';
import type { Fetch } from '../http/guarded-fetch';
import { answering, CalendarFault } from './answering';
import { eventText } from './event-text';
import { busyTimes } from './ics-busy';

const EVENT = /^BEGIN:VCALENDAR/i;

/** One calendar of an account by CalDAV (RFC 4791). */
export function davCalendar(fetch: Fetch, { url, user, password }: DavAccount): Calendar {
  const headers = { authorization: basic(user, password) };
  const collection = url.endsWith('/') ? url : `${url}/`;
  const objectUrl = (uid: string) => new URL(`${encodeURIComponent(uid)}.ics`, collection);
  return {
    busy: (window, timeZone) =>
      answering(async () => {
        const answers = await calendarQuery({
          url: collection,
          props: { 'c:calendar-data': {} },
          filters: [
            {
              'comp-filter': {
                _attributes: { name: 'VCALENDAR' },
                'comp-filter': {
                  _attributes: { name: 'VEVENT' },
                  'time-range': { _attributes: { start: stamp(window.start), end: stamp(window.end) } },
                },
              },
            },
          ],
          depth: '1',
          headers,
          fetch: reportsAlone(fetch),
        });
        // A report of nothing has one answer that is about nothing.
        const texts = answers.filter(({ href }) => href !== undefined).map(({ props }) => dataOf(props));
        const read = await Promise.all(texts.map((text) => busyTimes(text, window, timeZone)));
        return { kind: 'read', busy: mergeSpans(read.flat(), window) };
      }),
    write: {
      put: (event) =>
        answering(async () => {
          const answer = await fetch(objectUrl(event.uid), {
            method: 'PUT',
            headers: { ...headers, 'content-type': 'text/calendar; charset=utf-8' },
            body: eventText(event),
          });
          if (!answer.ok) throw refusal(answer.status);
          return { kind: 'written' };
        }),
      remove: (uid) =>
        answering(async () => {
          const answer = await fetch(objectUrl(uid), { method: 'DELETE', headers });
          if (!answer.ok && answer.status !== 404 && answer.status !== 410) throw refusal(answer.status);
          return { kind: 'written' };
        }),
    },
  };
}

/** The calendars of an account that hold events, found from its server's address. */
export function findDav(fetch: Fetch, { url, user, password }: DavAccount): Promise<Found> {
  const headers = { authorization: basic(user, password) };
  // The library tries several addresses and keeps what went wrong to itself.
  let refused: number | null = null;
  let fault: unknown = null;
  const watched: Fetch = async (...asked) => {
    try {
      const answer = await fetch(...asked);
      if (answer.status === 401 || answer.status === 403) refused = answer.status;
      return answer;
    } catch (error) {
      fault = error;
      throw error;
    }
  };
  return answering(async () => {
    try {
      const account = await createAccount({
        account: { serverUrl: url, accountType: 'caldav' },
        headers,
        fetch: watched,
      });
      const calendars = await fetchCalendars({ account, headers, fetch: watched });
      const found = calendars
        .filter(({ components }) => !components?.length || components.includes('VEVENT'))
        .map((each) => ({
          url: each.url,
          name: typeof each.displayName === 'string' ? each.displayName : lastPart(each.url),
        }));
      if (found.length === 0) throw new CalendarFault('There is no calendar in this account.');
      return { kind: 'found', calendars: found };
    } catch (error) {
      if (error instanceof CalendarFault) throw error;
      if (refused !== null) throw refusal(refused);
      throw fault ?? new CalendarFault('There is no CalDAV account at this address.');
    }
  });
}

/** An answer that is no report would pass for a calendar in which nothing stands. */
function reportsAlone(fetch: Fetch): Fetch {
  return async (...asked) => {
    const answer = await fetch(...asked);
    if (answer.status !== 207) throw refusal(answer.status);
    if (!answer.headers.get('content-type')?.includes('xml')) throw new CalendarFault(NO_REPORT);
    return answer;
  };
}

const NO_REPORT = 'The server answers no CalDAV report at this address.';

function dataOf(props: Record<string, unknown> | undefined): string {
  const data = props?.calendarData;
  const text = data !== null && typeof data === 'object' && '_cdata' in data ? data._cdata : data;
  if (typeof text !== 'string' || !EVENT.test(text)) throw new CalendarFault(NO_REPORT);
  return text;
}

function refusal(status: number): CalendarFault {
  if (status === 401) return new CalendarFault('The server does not take this user and password.');
  if (status === 403) return new CalendarFault('The server does not allow this with this account.');
  if (status === 404 || status === 410) return new CalendarFault('The calendar is not there any more.');
  if (status === 507) return new CalendarFault('The account has no room left.');
  if (status < 400) return new CalendarFault(NO_REPORT);
  return new CalendarFault(`The server answered with an error (${status}).`);
}

function basic(user: string, password: string): string {
  return `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
}

function stamp(at: number): string {
  return new Date(at).toISOString().replace(/[-:]|\.\d+/g, '');
}

function lastPart(url: string): string {
  return decodeURIComponent(new URL(url).pathname.split('/').filter(Boolean).at(-1) ?? 'Calendar');
}
