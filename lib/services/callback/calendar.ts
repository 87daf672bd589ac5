import { readCalls } from '@/db/queries/callbacks';
import type { CallbackChannel } from '@/lib/domain/callback';
import type { CallbackSettings } from '@/lib/domain/callback-settings';
import { channelsOf } from '@/lib/domain/callback-settings';
import type { SlotTerms } from '@/lib/domain/callback-slots';
import type { Context } from '../context';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

/** A team's calendar for calls of one kind, as it stands now. Null where the team offers none of that kind. */
export async function readCalendar(
  ctx: Context,
  of: {
    teamId: string;
    channel: CallbackChannel;
    /** Of one agent alone. */
    agentId?: string;
    /** A call that is to be moved, and is not in its own way. */
    exceptId?: string;
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
  const calls = await readCalls(
    ctx.db,
    team.map(({ id }) => id),
    now,
    of.exceptId ?? null,
  );
  const agents = team
    .map(({ id }) => ({
      id,
      // The database holds the time that was kept free when the call was booked.
      busy: calls
        .filter(({ agentId }) => agentId === id)
        .map(({ startAt, endAt, heldUntil }) => ({
          start: startAt,
          end: Math.max(endAt, heldUntil - bufferMs),
        })),
    }))
    .sort((one, other) => one.busy.length - other.busy.length);
  return {
    settings,
    calendar: ctx.settings.hours(of.teamId).calendar,
    agents,
    lengthMs: offered.minutes * MINUTE,
    bufferMs,
    from: now + settings.noticeMinutes * MINUTE,
    until: now + settings.horizonDays * DAY,
  };
}
