import { readKnownBusy } from '@/db/queries/calendars';
import { readCalls } from '@/db/queries/callbacks';
import type { Callback, CallbackChannel } from '@/lib/domain/callback';
import type { CallbackSettings } from '@/lib/domain/callback-settings';
import { channelsOf } from '@/lib/domain/callback-settings';
import type { SlotTerms, Span } from '@/lib/domain/callback-slots';
import { busyIn } from '@/lib/domain/connected-calendar';
import { withoutSpan } from '@/lib/domain/spans';
import type { Context } from '../context';

/** A call that is to be moved. */
export type MovingCall = Pick<Callback, 'callbackId' | 'slot' | 'agent'>;

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

/** A team's calendar for calls of one kind, as it stands now: its agents' calls, and what is known of their calendars. Null where the team offers none of that kind. */
export async function readCalendar(
  ctx: Context,
  of: {
    teamId: string;
    channel: CallbackChannel;
    /** Of one agent alone. */
    agentId?: string;
    /** A call that is to be moved, and is not in its own way. */
    except?: MovingCall;
    /** Others than those that hold. */
    settings?: CallbackSettings;
  },
): Promise<(SlotTerms & { settings: CallbackSettings }) | null> {
  const settings = of.settings ?? ctx.settings.callbacks(of.teamId);
  const offered = channelsOf(settings).find(({ channel }) => channel === of.channel);
  if (settings.mode === 'off' || offered === undefined) return null;
  const now = ctx.now();
  const team = ctx.directory.agents().filter(({ id, teamIds }) => {
    return of.agentId === undefined ? teamIds.includes(of.teamId) : id === of.agentId;
  });
  const bufferMs = settings.bufferMinutes * MINUTE;
  const until = now + settings.horizonDays * DAY;
  const ids = team.map(({ id }) => id);
  const [calls, elsewhere] = await Promise.all([
    readCalls(ctx.db, ids, now, of.except?.callbackId ?? null),
    readKnownBusy(ctx.db, ids),
  ]);
  const busyElsewhere = (agentId: string) => {
    const known = elsewhere.filter((calendar) => calendar.agentId === agentId);
    return withoutMoving(busyIn(known, now, { start: now, end: until }), agentId, of.except);
  };
  const callsOf = (id: string) => calls.filter(({ agentId }) => agentId === id);
  const agents = ids
    .sort((one, other) => callsOf(one).length - callsOf(other).length)
    .map((id) => ({
      id,
      busy: [
        // The database holds the time that was kept free when the call was booked.
        ...callsOf(id).map(({ startAt, endAt, heldUntil }) => ({
          start: startAt,
          end: Math.max(endAt, heldUntil - bufferMs),
        })),
        ...busyElsewhere(id),
      ],
    }));
  return {
    settings,
    calendar: ctx.settings.hours(of.teamId).calendar,
    agents,
    lengthMs: offered.minutes * MINUTE,
    bufferMs,
    from: now + settings.noticeMinutes * MINUTE,
    until,
  };
}

/** The call itself stands in its agent's calendar, and is not in its own way. */
function withoutMoving(busy: readonly Span[], agentId: string, moving: MovingCall | undefined): Span[] {
  if (!moving?.slot || moving.agent?.id !== agentId) return [...busy];
  return withoutSpan(busy, { start: moving.slot.startAt, end: moving.slot.endAt });
}
