import type { Config } from '@/lib/config';
import type { Calendars } from '@/lib/services/calendar/calendars';
import { guardedFetch } from '../http/guarded-fetch';
import { davCalendar, findDav } from './caldav';
import { feedCalendar } from './feed';

/** Calendars of every kind, each asked by its own protocol. */
export function openCalendars({ internalHosts }: Pick<Config, 'internalHosts'>): Calendars {
  const fetch = guardedFetch({ internalHosts });
  return {
    open(access) {
      switch (access.kind) {
        case 'feed':
          return feedCalendar(fetch, access.url);
        case 'caldav':
          return davCalendar(fetch, access);
      }
    },
    find: (account) => findDav(fetch, account),
  };
}
