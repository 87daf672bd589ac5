import type { Span } from '@/lib/domain/callback-slots';
import type { AccountKind } from '@/lib/domain/connected-calendar';

/** How a calendar is reached: what is sealed at rest. */
export type CalendarAccess =
  | { kind: 'feed'; url: string }
  /** `url` is the one calendar of the account. */
  | { kind: 'caldav'; url: string; user: string; password: string }
  /** The main calendar of an account that let us in. */
  | { kind: AccountKind; refreshToken: string };

/** A call as it stands in its agent's calendar. The same `uid` over all its changes, with a higher `sequence` each time. */
export interface CalendarEvent {
  uid: string;
  sequence: number;
  title: string;
  description: string;
  url: string;
  start: number;
  end: number;
  /** When it was decided so. */
  at: number;
}

/** Why, in words for whoever connected it. */
interface Failed {
  kind: 'failed';
  reason: string;
}
export type Reading = { kind: 'read'; busy: Span[] } | Failed;
export type Writing = { kind: 'written' } | Failed;

/** One calendar that is kept elsewhere. Nothing of it throws, and all of it answers in the end. */
export interface Calendar {
  /** When its owner is busy. `timeZone` is that of times which name none. */
  busy(window: Span, timeZone: string): Promise<Reading>;
  /** Null where it can be read alone. Doing either twice is doing it once. */
  write: {
    put(event: CalendarEvent): Promise<Writing>;
    remove(uid: string): Promise<Writing>;
  } | null;
}

/** An account as it is connected, and the calendars found in it. */
export interface DavAccount {
  url: string;
  user: string;
  password: string;
}
export type Found = { kind: 'found'; calendars: { url: string; name: string }[] } | Failed;

/** What an account's owner is asked, and what they answered (OAuth 2 with PKCE). */
export interface Consent {
  redirectUri: string;
  state: string;
  /** Only who asked can use the answer. */
  verifier: string;
}
export type Grant = { kind: 'granted'; refreshToken: string; account: string } | Failed;

/** The way to calendars elsewhere. An adapter makes it. */
export interface Calendars {
  /** `keep` is told of another access that takes the place of the one before. */
  open(access: CalendarAccess, keep: (renewed: CalendarAccess) => Promise<void>): Calendar;
  /** The calendars of an account that take events. */
  find(account: DavAccount): Promise<Found>;
  /** Kinds of account that the operator has set up. */
  accounts: readonly AccountKind[];
  consentUrl(kind: AccountKind, consent: Consent): string;
  grant(kind: AccountKind, consent: Omit<Consent, 'state'> & { code: string }): Promise<Grant>;
}
