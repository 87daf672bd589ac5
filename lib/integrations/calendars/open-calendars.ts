import type { Config } from '@/lib/config';
import type { CalendarAccess, Calendars } from '@/lib/services/calendar/calendars';
import { guardedFetch } from '../http/guarded-fetch';
import { feedCalendar } from './feed';

/** Calendars of every kind, each asked by its own protocol. */
export function openCalendars({ internalHosts }: Pick<Config, 'internalHosts'>): Calendars {
  const fetch = guardedFetch({ internalHosts });
  return {
    open(access: CalendarAccess) {
      return feedCalendar(fetch, access.url);
    },
  };
}
