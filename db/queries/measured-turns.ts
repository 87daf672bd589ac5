import type { SignalName } from '@/lib/domain/signal';
import type { MeasuredTurn } from '@/lib/domain/would-offer';
import type { Database } from '../client';

/** What was measured at each turn of the newest conversations with the bot, in the order of their turns. */
export async function readMeasuredTurns(db: Database, conversations: number): Promise<MeasuredTurn[][]> {
  const rows = await db.query<{
    conversation: string;
    offered: boolean;
    signals: [SignalName, number | null, boolean][] | null;
  }>(
    `select e.conversation_id as conversation, e.payload->>'offer' is not null as offered,
       (select jsonb_agg(jsonb_build_array(s->'name', s->'value', s->'fired'))
        from jsonb_array_elements(e.payload->'signals') s) as signals
     from (select id from conversations c where exists (
         select 1 from events j where j.conversation_id = c.id and j.kind = 'turn.judged')
       order by started_at desc limit $1::int) newest
     join events e on e.conversation_id = newest.id and e.kind = 'turn.judged'
     order by e.conversation_id, e.seq`,
    [conversations],
  );
  const talks = new Map<string, MeasuredTurn[]>();
  for (const { conversation, offered, signals } of rows) {
    const turn = {
      offered,
      signals: (signals ?? []).map(([name, value, fired]) => ({ name, value, fired })),
    };
    talks.set(conversation, [...(talks.get(conversation) ?? []), turn]);
  }
  return [...talks.values()];
}
