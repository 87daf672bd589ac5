import { renewAccess } from '@/db/queries/calendars';
import { seal, unseal } from '@/lib/crypto/sealed';
import type { Context } from '../context';
import type { Calendar, CalendarAccess } from './calendars';

/** Bound to the one calendar, so that nothing sealed for another can stand in for it. */
const purposeOf = (calendarId: string) => `calendar:${calendarId}`;

/** The calendar as it is reached; an access that takes the place of the one before is sealed in its place. */
export function openSealed(ctx: Context, of: { id: string; sealed: Buffer }): Calendar {
  return ctx.calendars.open(openAccess(ctx, of), (renewed) =>
    renewAccess(ctx.db, of.id, sealAccess(ctx, of.id, renewed)),
  );
}

export function sealAccess(ctx: Context, calendarId: string, access: CalendarAccess): Buffer {
  return seal(ctx.keys.rest, purposeOf(calendarId), Buffer.from(JSON.stringify(access)));
}

function openAccess(ctx: Context, { id, sealed }: { id: string; sealed: Buffer }): CalendarAccess {
  return JSON.parse(unseal(ctx.keys.rest, purposeOf(id), sealed).toString());
}
