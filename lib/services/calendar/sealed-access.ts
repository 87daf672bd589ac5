import { seal, unseal } from '@/lib/crypto/sealed';
import type { Context } from '../context';
import type { CalendarAccess } from './calendars';

/** Bound to the one calendar, so that nothing sealed for another can stand in for it. */
const purposeOf = (calendarId: string) => `calendar:${calendarId}`;

export function sealAccess(ctx: Context, calendarId: string, access: CalendarAccess): Buffer {
  return seal(ctx.keys.rest, purposeOf(calendarId), Buffer.from(JSON.stringify(access)));
}

export function openAccess(ctx: Context, { id, sealed }: { id: string; sealed: Buffer }): CalendarAccess {
  return JSON.parse(unseal(ctx.keys.rest, purposeOf(id), sealed).toString());
}
