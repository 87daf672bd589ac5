import type { Calendar } from '@/lib/services/calendar/calendars';
import type { Fetch } from '../http/guarded-fetch';
import { answering, CalendarFault } from './answering';
import { busyTimes } from './ics-busy';

/** A calendar as an address publishes it, in the format of RFC 5545. */
export function feedCalendar(fetch: Fetch, url: string): Calendar {
  return {
    busy: (window, timeZone) =>
      answering(async () => {
        const response = await fetch(url, { headers: { accept: 'text/calendar, */*;q=0.1' } });
        if (!response.ok) throw new CalendarFault(refusalText(response.status));
        return { kind: 'read', busy: await busyTimes(await response.text(), window, timeZone) };
      }),
    write: null,
  };
}

function refusalText(status: number): string {
  if (status === 404 || status === 410) return 'There is no calendar at this address any more.';
  if (status === 401 || status === 403) return 'The server does not let this address be read.';
  return `The server answered with an error (${status}).`;
}
