import { z } from 'zod';
import { mergeSpans } from '@/lib/domain/spans';
import type { Calendar, CalendarEvent } from '@/lib/services/calendar/calendars';
import { answering, CalendarFault } from './answering';
import { type AccessTokens, askAccount } from './oauth';

const freeBusy = z.object({
  calendars: z.object({
    primary: z.object({
      errors: z.array(z.object({ reason: z.string() })).optional(),
      busy: z.array(z.object({ start: z.string(), end: z.string() })),
    }),
  }),
});
const EVENTS = '/calendar/v3/calendars/primary/events';
/** Nobody is written to because of it. */
const QUIET = 'sendUpdates=none';

/** The main calendar of a Google account, by the Calendar API v3: freeBusy.query, events.insert, patch and delete. */
export function googleCalendar(tokens: AccessTokens, access: Parameters<typeof askAccount>[1]): Calendar {
  return {
    busy: (window) =>
      answering(async () => {
        const { body } = await askAccount(tokens, access, '/calendar/v3/freeBusy', {
          method: 'POST',
          body: { timeMin: iso(window.start), timeMax: iso(window.end), items: [{ id: 'primary' }] },
        });
        const { errors, busy } = freeBusy.parse(body).calendars.primary;
        // A calendar that cannot be read is answered with no busy times.
        if (errors?.length) throw new CalendarFault('The account does not let its calendar be read.');
        const spans = busy.map(({ start, end }) => ({ start: Date.parse(start), end: Date.parse(end) }));
        return { kind: 'read', busy: mergeSpans(spans, window) };
      }),
    write: {
      put: (event) =>
        answering(async () => {
          const id = idOf(event.uid);
          const made = await askAccount(tokens, access, `${EVENTS}?${QUIET}`, {
            method: 'POST',
            body: { id, ...bodyOf(event) },
            expected: [409],
          });
          // It was written before, or deleted since: an id is taken for ever.
          if (made.status === 409) {
            await askAccount(tokens, access, `${EVENTS}/${id}?${QUIET}`, {
              method: 'PATCH',
              body: bodyOf(event),
            });
          }
          return { kind: 'written' };
        }),
      remove: (uid) =>
        answering(async () => {
          const expected = [404, 410];
          await askAccount(tokens, access, `${EVENTS}/${idOf(uid)}?${QUIET}`, { method: 'DELETE', expected });
          return { kind: 'written' };
        }),
    },
  };
}

/** Ids that others choose are of 0 to 9 and a to v. */
function idOf(uid: string): string {
  return (uid.split('@')[0] ?? '').replace(/-/g, '');
}

function bodyOf({ title, description, url, start, end }: CalendarEvent) {
  return {
    status: 'confirmed',
    summary: title,
    description,
    source: { title, url },
    start: { dateTime: iso(start) },
    end: { dateTime: iso(end) },
    transparency: 'opaque',
  };
}

const iso = (at: number) => new Date(at).toISOString();
