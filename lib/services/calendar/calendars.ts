import type { Span } from '@/lib/domain/callback-slots';

/** How a calendar is reached: what is sealed at rest. */
export type CalendarAccess = { kind: 'feed'; url: string };

/** `failed`: why, in words for whoever connected it. */
export type Reading = { kind: 'read'; busy: Span[] } | { kind: 'failed'; reason: string };

/** One calendar that is kept elsewhere. Nothing of it throws, and all of it answers within 30 s. */
export interface Calendar {
  /** When its owner is busy. `timeZone` is that of times which name none. */
  busy(window: Span, timeZone: string): Promise<Reading>;
}

/** The way to calendars elsewhere. An adapter makes it. */
export interface Calendars {
  open(access: CalendarAccess): Calendar;
}
