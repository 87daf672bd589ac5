import type { Span } from './callback-slots';
import { mergeSpans } from './spans';

/** `feed`: an address that publishes times, which can be read alone. */
export const CALENDAR_KINDS = ['feed', 'caldav', 'google', 'outlook'] as const;
export type CalendarKind = (typeof CALENDAR_KINDS)[number];

/** Those that are let in by the owner of an account. */
export const ACCOUNT_KINDS = ['google', 'outlook'] as const;
export type AccountKind = (typeof ACCOUNT_KINDS)[number];

/** A calendar that an agent keeps elsewhere, as the desk shows it. Times are epoch milliseconds. */
export interface ConnectedCalendar {
  id: string;
  agentId: string;
  kind: CalendarKind;
  name: string;
  /** Where it is; the whole address may be a secret. */
  host: string;
  /** Calls of this agent are written into it. */
  takesCalls: boolean;
  /** When it was last read. */
  readAt: number;
  /** Why it could not be read, and since when; null while it can. */
  trouble: { reason: string; since: number } | null;
  nextReadAt: number;
  /** Calls that could not be written into it, or taken out; they are tried again. */
  unwritten: { count: number; reason: string } | null;
}

/** What is known of one calendar. */
export interface KnownBusy {
  busy: readonly Span[];
  readAt: number;
  /** Nothing is known of what is later. */
  knownUntil: number;
}

export const READ_EVERY_MS = 5 * 60_000;
/** So far ahead calendars are read; longer than any team lets customers choose. */
export const READ_AHEAD_MS = 21 * 24 * 60 * 60_000;
/** What was read holds for so long where it cannot be read again. */
export const HOLDS_MS = 24 * 60 * 60_000;
const LATE_MS = 30 * 60_000;
const LONGEST_WAIT_MS = 15 * 60_000;

/** `late`: what was read before still holds. `lost`: it does no longer, and its agent is offered no times. */
export type Freshness = 'fresh' | 'late' | 'lost';

export function freshnessOf(
  { readAt, trouble }: Pick<ConnectedCalendar, 'readAt' | 'trouble'>,
  now: number,
): Freshness {
  if (now - readAt >= HOLDS_MS) return 'lost';
  return trouble !== null || now - readAt >= LATE_MS ? 'late' : 'fresh';
}

/** How long until it is tried again, after so many attempts that failed. */
export function waitToRead(failures: number): number {
  return Math.min(LONGEST_WAIT_MS, 60_000 * 2 ** Math.min(failures - 1, 10));
}

/**
 * When an agent is not free, by all their calendars together. A time of which nothing is known is none that is free: past
 * what was read, and all of it where the last reading is too old.
 */
export function busyIn(calendars: readonly KnownBusy[], now: number, window: Span): Span[] {
  const spans = calendars.flatMap(({ busy, readAt, knownUntil }) =>
    now - readAt >= HOLDS_MS ? [window] : [...busy, { start: knownUntil, end: window.end }],
  );
  return mergeSpans(spans, window);
}
