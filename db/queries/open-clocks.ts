import type { Outcome, Priority } from '@/lib/domain/handoff';
import type { SlaLedger } from '@/lib/domain/sla-ledger';
import type { Database } from '../client';

/** What the clocks of one open handoff have noted, and what they go by. */
export interface OpenClocks {
  teamId: string | null;
  sla: SlaLedger;
  head: { awaitingSince: number | null; answered: { since: number; at: number } | null };
  handoff: {
    queuedAt: number | null;
    priority: Priority;
    firstReplyAt: number | null;
    endedAt: number | null;
    outcome: Outcome | null;
  };
}

/** Open handoffs, of one team or of all, by the index that holds only open ones. */
export async function readOpenClocks(
  db: Database,
  teamId: string | null,
  limit: number,
): Promise<OpenClocks[]> {
  const rows = await db.query<{
    team_id: string | null;
    sla: SlaLedger;
    queued_at: Date | null;
    priority: Priority;
    first_reply_at: Date | null;
    awaiting_since: Date | null;
    answered_since: Date | null;
    answered_at: Date | null;
  }>(
    `select h.team_id, h.sla, h.queued_at, h.priority, h.first_reply_at,
       head.awaiting_since, head.answered_since, head.answered_at
     from handoffs h join conversations head on head.id = h.conversation_id
     where h.state in ('pending', 'claimed') and ($1::uuid is null or h.team_id = $1::uuid)
     limit $2::int`,
    [teamId, limit],
  );
  return rows.map((row) => ({
    teamId: row.team_id,
    sla: row.sla,
    head: {
      awaitingSince: row.awaiting_since?.getTime() ?? null,
      answered:
        row.answered_since && row.answered_at
          ? { since: row.answered_since.getTime(), at: row.answered_at.getTime() }
          : null,
    },
    handoff: {
      queuedAt: row.queued_at?.getTime() ?? null,
      priority: row.priority,
      firstReplyAt: row.first_reply_at?.getTime() ?? null,
      endedAt: null,
      outcome: null,
    },
  }));
}
