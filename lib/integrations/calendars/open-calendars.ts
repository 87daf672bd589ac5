import type { CalendarClients, Config } from '@/lib/config';
import { ACCOUNT_KINDS, type AccountKind } from '@/lib/domain/connected-calendar';
import type { Calendars } from '@/lib/services/calendar/calendars';
import { guardedFetch } from '../http/guarded-fetch';
import { answering, CalendarFault } from './answering';
import { davCalendar, findDav } from './caldav';
import { feedCalendar } from './feed';
import { googleCalendar } from './google';
import { AccessTokens, consentUrl, grantOf, type OAuthClient } from './oauth';
import { outlookCalendar } from './outlook';

type Endpoints = Pick<OAuthClient, 'consentUrl' | 'tokenUrl' | 'apiUrl'>;

/** Where the providers are, by their documents. */
function providerEndpoints({ outlook }: CalendarClients): Record<AccountKind, Endpoints> {
  const login = `https://login.microsoftonline.com/${outlook?.tenant ?? 'common'}/oauth2/v2.0`;
  return {
    google: {
      consentUrl: 'https://accounts.google.com/o/oauth2/v2/auth',
      tokenUrl: 'https://oauth2.googleapis.com/token',
      apiUrl: 'https://www.googleapis.com',
    },
    outlook: {
      consentUrl: `${login}/authorize`,
      tokenUrl: `${login}/token`,
      apiUrl: 'https://graph.microsoft.com',
    },
  };
}

const ASKED: Readonly<Record<AccountKind, Pick<OAuthClient, 'scope' | 'parameters'>>> = {
  google: {
    scope:
      'openid email https://www.googleapis.com/auth/calendar.freebusy https://www.googleapis.com/auth/calendar.events',
    // A token that stays comes with consent alone.
    parameters: { access_type: 'offline', prompt: 'consent' },
  },
  outlook: {
    scope: 'openid email profile offline_access https://graph.microsoft.com/Calendars.ReadWrite',
    parameters: { prompt: 'select_account' },
  },
};

/** Calendars of every kind, each asked by its own protocol. */
export function openCalendars(
  { internalHosts, calendarClients }: Pick<Config, 'internalHosts' | 'calendarClients'>,
  endpoints: Record<AccountKind, Endpoints> = providerEndpoints(calendarClients),
): Calendars {
  const fetch = guardedFetch({ internalHosts });
  const tokensOf = (kind: AccountKind) => {
    const client = calendarClients[kind];
    return client && new AccessTokens(fetch, { ...client, ...endpoints[kind], ...ASKED[kind] });
  };
  const accounts = { google: tokensOf('google'), outlook: tokensOf('outlook') };
  const tokens = (kind: AccountKind): AccessTokens => {
    const held = accounts[kind];
    if (held === null) throw new CalendarFault('An operator has to set up accounts of this kind again.');
    return held;
  };
  return {
    open(access, keep) {
      switch (access.kind) {
        case 'feed':
          return feedCalendar(fetch, access.url);
        case 'caldav':
          return davCalendar(fetch, access);
        case 'google':
        case 'outlook': {
          const { kind } = access;
          const held = accounts[kind];
          if (held === null) return NOT_SET_UP;
          const own = {
            refreshToken: access.refreshToken,
            keep: async (refreshToken: string) => {
              own.refreshToken = refreshToken;
              await keep({ kind, refreshToken });
            },
          };
          return (kind === 'google' ? googleCalendar : outlookCalendar)(held, own);
        }
      }
    },
    find: (account) => findDav(fetch, account),
    accounts: ACCOUNT_KINDS.filter((kind) => accounts[kind] !== null),
    consentUrl: (kind, consent) => consentUrl(tokens(kind).client, consent),
    grant: (kind, consent) => answering(() => grantOf(fetch, tokens(kind).client, consent)),
  };
}

const FAILED = {
  kind: 'failed',
  reason: 'An operator has to set up accounts of this kind again.',
} as const;
const NOT_SET_UP: ReturnType<Calendars['open']> = {
  busy: async () => FAILED,
  write: { put: async () => FAILED, remove: async () => FAILED },
};
