import { createEvent, type EventAttributes } from 'ics';
import type { CalendarEvent } from '@/lib/services/calendar/calendars';

/** A call as a calendar takes it (RFC 5545): with neither organizer nor attendees, so that no server writes to anybody. */
export function eventText(event: CalendarEvent): string {
  const { uid, sequence, title, description, url, start, end, at } = event;
  const attributes: EventAttributes & { timestamp: number } = {
    productId: 'baton',
    uid,
    sequence,
    timestamp: at,
    start,
    end,
    startInputType: 'utc',
    startOutputType: 'utc',
    endInputType: 'utc',
    endOutputType: 'utc',
    title,
    description,
    url,
    status: 'CONFIRMED',
    busyStatus: 'BUSY',
  };
  const { error, value } = createEvent(attributes);
  if (!value) throw error ?? new Error('The event could not be written');
  // Of an object that is stored there is no method (RFC 4791, 4.1).
  return value.replace(/^METHOD:.*\r?\n/m, '');
}
