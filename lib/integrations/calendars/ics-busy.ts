import { DateTime, Interval } from 'luxon';
import ical, { type DateWithTimeZone, type VEvent } from 'node-ical';
import type { Span } from '@/lib/domain/callback-slots';
import { mergeSpans } from '@/lib/domain/spans';
import { CalendarFault } from './answering';

const MOST_SPANS = 5_000;
/** What runs is let go on as often, so that a large calendar holds up nobody. */
const BREATH_MS = 10;

/**
 * When whoever keeps this calendar is busy: events with their repetitions, exceptions and time zones, and published busy
 * times. What is marked as free or was called off is not. `timeZone` is that of times without one, where the calendar
 * itself names none.
 */
export async function busyTimes(text: string, window: Span, timeZone: string): Promise<Span[]> {
  if (!/^\s*BEGIN:VCALENDAR/i.test(text.replace(/^\uFEFF/, ''))) {
    throw new CalendarFault('What is at this address is no calendar.');
  }
  const parsed = await ical.async.parseICS(text);
  const named = parsed.vcalendar?.['WR-TIMEZONE'];
  const zone = typeof named === 'string' && DateTime.local({ zone: named }).isValid ? named : timeZone;
  const spans: Span[] = freeBusyOf(text);
  let breath = performance.now();
  for (const part of Object.values(parsed)) {
    if (part?.type !== 'VEVENT') continue;
    spans.push(...spansOf(part as VEvent, window, zone));
    if (spans.length > MOST_SPANS) throw new CalendarFault('The calendar has too many events.');
    if (performance.now() - breath > BREATH_MS) {
      await new Promise((resume) => setImmediate(resume));
      breath = performance.now();
    }
  }
  return mergeSpans(spans, window);
}

function spansOf(event: VEvent, window: Span, zone: string): Span[] {
  // A day more on either side: dates without a zone may lie that far off.
  const day = 24 * 60 * 60_000;
  const range = { from: new Date(window.start - day), to: new Date(window.end + day), expandOngoing: true };
  try {
    return ical
      .expandRecurringEvent(event, range)
      .filter((instance) => takesTime(instance.event))
      .map(({ start, end, isFullDay }) => ({
        start: instantOf(start, isFullDay, zone),
        end: instantOf(end, isFullDay, zone),
      }));
  } catch {
    throw new CalendarFault('An event of the calendar repeats in a way that cannot be read.');
  }
}

function takesTime(event: VEvent & { 'MICROSOFT-CDO-BUSYSTATUS'?: unknown }): boolean {
  return (
    event.status !== 'CANCELLED' &&
    event.transparency !== 'TRANSPARENT' &&
    event['MICROSOFT-CDO-BUSYSTATUS'] !== 'FREE'
  );
}

/** The parser takes what has no zone for this machine's own time. */
function instantOf(at: DateWithTimeZone, isFullDay: boolean, zone: string): number {
  if (at.tz !== undefined && !isFullDay) return at.getTime();
  return DateTime.fromObject(
    {
      year: at.getFullYear(),
      month: at.getMonth() + 1,
      day: at.getDate(),
      ...(isFullDay ? {} : { hour: at.getHours(), minute: at.getMinutes(), second: at.getSeconds() }),
    },
    { zone },
  ).toMillis();
}

/** `FREEBUSY;FBTYPE=BUSY:20261126T100000Z/20261126T110000Z,20261127T100000Z/PT1H`, which the parser reads in part. */
function freeBusyOf(text: string): Span[] {
  const lines = text.replace(/\r?\n[ \t]/g, '').matchAll(/^FREEBUSY([^:\r\n]*):([^\r\n]*)/gim);
  return [...lines].flatMap(([, parameters = '', periods = '']) => {
    if (/FBTYPE=FREE/i.test(parameters)) return [];
    return periods.split(',').map((period) => {
      const { start, end } = Interval.fromISO(period.trim(), { zone: 'utc' });
      if (start === null || end === null) throw new CalendarFault('A busy time of it cannot be read.');
      return { start: start.toMillis(), end: end.toMillis() };
    });
  });
}
