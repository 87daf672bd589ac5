import type { EventOf } from '@/lib/domain/conversation';
import type { Mood } from '@/lib/domain/handoff';
import type { Signal } from '@/lib/domain/signal';
import type { Database } from '../client';

export interface LoggedJudgement {
  confidence: number | null;
  articleId: string | null;
  mood: Mood;
  signals: Signal[];
}

/** The newest judged turns of the present stretch with the bot, newest first. */
export async function newestJudgements(
  db: Database,
  conversationId: string,
  limit: number,
): Promise<LoggedJudgement[]> {
  const rows = await db.query<{ payload: EventOf<'turn.judged'>['payload'] }>(
    `select payload from events where conversation_id = $1::uuid and kind = 'turn.judged'
       and seq > coalesce((select max(seq) from events where conversation_id = $1::uuid
         and kind in ('conversation.reopened', 'handoff.returned', 'handoff.resolved')), 0)
     order by seq desc limit $2::int`,
    [conversationId, limit],
  );
  return rows.map(({ payload }) => ({
    confidence: payload.confidence,
    articleId: payload.articleId,
    mood: payload.mood,
    signals: payload.signals as Signal[],
  }));
}
