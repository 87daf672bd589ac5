import type { FirstStepFacts } from '@/lib/domain/first-steps';
import type { Database } from '../client';

interface Columns {
  set_up_at: Date | null;
  started_at: Date | null;
  claimed_at: Date | null;
  invited_at: Date | null;
  seen_on: string | null;
  dismissed_at: Date | null;
}

/** Each is the end of an index or a row of a small table: none grows with the history. */
export async function readFirstStepFacts(
  db: Database,
  userId: string,
): Promise<FirstStepFacts & { dismissed: boolean }> {
  const [row] = await db.query<Columns>(
    `select (select min(used_at) from invitations) as set_up_at,
       (select max(started_at) from conversations) as started_at,
       (select max(at) from events where kind = 'handoff.claimed') as claimed_at,
       (select max(created_at) from invitations where purpose = 'invite') as invited_at,
       (select seen_on from widgets where seen_on is not null order by seen_on_at limit 1) as seen_on,
       (select first_steps_dismissed_at from users where id = $1::uuid) as dismissed_at`,
    [userId],
  );
  const ms = (at: Date | null | undefined) => at?.getTime() ?? null;
  return {
    setUpAt: ms(row?.set_up_at),
    startedAt: ms(row?.started_at),
    claimedAt: ms(row?.claimed_at),
    invitedAt: ms(row?.invited_at),
    seenOn: row?.seen_on ?? null,
    dismissed: Boolean(row?.dismissed_at),
  };
}

/** Puts them away for one admin, or back. The instant of the first time is kept. */
export async function setFirstStepsDismissed(db: Database, userId: string, at: number | null): Promise<void> {
  await db.query(
    `update users set first_steps_dismissed_at = $2::timestamptz
     where id = $1::uuid and (first_steps_dismissed_at is null) <> ($2::timestamptz is null)`,
    [userId, at === null ? null : new Date(at)],
  );
}
