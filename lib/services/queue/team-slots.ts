import { readTeamSlots } from '@/db/queries/queue';
import { awayBefore } from '@/lib/domain/presence';
import type { Context } from '../context';

export interface TeamSlots {
  /** Of somebody in several teams a part each. */
  slots: number;
  free: number;
}

/** The slots of those who are at the desk for this team; null where nobody is. */
export async function teamSlots(ctx: Context, teamId: string): Promise<TeamSlots | null> {
  const now = ctx.now();
  const [there] = await readTeamSlots(
    ctx.db,
    [teamId],
    now,
    awayBefore(now, ctx.settings.queue().awayAfterMs),
  );
  return there ?? null;
}
