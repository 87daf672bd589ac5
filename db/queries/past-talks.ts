import type { Visit } from '@/lib/domain/engagement';
import type { Path, Priority, Reason } from '@/lib/domain/handoff';
import type { SignalName } from '@/lib/domain/signal';
import type { Database } from '../client';
import type { CustomerRow } from './customers';

/** A conversation as rules look at it: what was said and measured at each turn, who asked, and where it went. */
export interface PastTalk {
  conversationId: string;
  widgetId: string;
  topic: string | null;
  customer: Pick<CustomerRow, 'tier' | 'locale' | 'lifetimeValue' | 'churnRisk' | 'attributes'> | null;
  labels: string[];
  /** The paths that were offered last; null where none were. */
  paths: Path[] | null;
  /** The newest that entered a queue. */
  handoff: { teamId: string; priority: Priority } | null;
  turns: {
    text: string;
    page: string | null;
    visit: Visit | null;
    said: number;
    at: number;
    /** Why a person was offered at it; null where none was. */
    offered: Reason | null;
    /** Ids of the rules that held. */
    rules: string[];
    confidence: number | null;
    signals: { name: SignalName; value: number | null; fired: boolean }[];
  }[];
}

interface Row {
  id: string;
  widget_id: string;
  topic: string | null;
  customer: PastTalk['customer'];
  labels: string[];
  paths: Path[] | null;
  handoff: PastTalk['handoff'];
  body: string;
  page: string | null;
  visit: Visit | null;
  at: Date;
  offered: Reason | null;
  rules: string[] | null;
  confidence: number | null;
  signals: [SignalName, number | null, boolean][] | null;
}

/** The newest conversations in which the bot judged a turn. */
export async function readPastTalks(db: Database, limit: number): Promise<PastTalk[]> {
  const rows = await db.query<Row>(
    `select c.id, c.widget_id, c.topic, c.labels, m.body, m.page, m.visit, e.at, e.payload->>'offer' as offered, e.payload->'rules' as rules,
       (e.payload->>'confidence')::float8 as confidence,
       (select jsonb_agg(jsonb_build_array(s->'name', s->'value', s->'fired'))
        from jsonb_array_elements(e.payload->'signals') s) as signals,
       (select jsonb_build_object('tier', u.tier, 'locale', u.locale,
         'lifetimeValue', u.lifetime_value::float8, 'churnRisk', u.churn_risk, 'attributes', u.attributes)
        from customers u where u.id = c.customer_id) as customer,
       (select jsonb_build_object('teamId', h.team_id, 'priority', h.priority) from handoffs h
        where h.conversation_id = c.id and h.queued_at is not null order by h.queued_at desc limit 1) as handoff,
       (select o.payload->'paths' from events o where o.conversation_id = c.id and o.kind = 'handoff.offered'
        order by o.seq desc limit 1) as paths
     from (select * from conversations c where exists (
         select 1 from events j where j.conversation_id = c.id and j.kind = 'turn.judged')
       order by started_at desc limit $1::int) c
     join events e on e.conversation_id = c.id and e.kind = 'turn.judged'
     join messages m on m.conversation_id = c.id and m.id = (e.payload->>'messageId')::uuid
     order by c.id, e.seq`,
    [limit],
  );
  const talks = new Map<string, PastTalk>();
  for (const row of rows) {
    const talk = talks.get(row.id) ?? {
      conversationId: row.id,
      widgetId: row.widget_id,
      topic: row.topic,
      customer: row.customer,
      labels: row.labels,
      paths: row.paths,
      handoff: row.handoff,
      turns: [],
    };
    const signals = (row.signals ?? []).map(([name, value, fired]) => ({ name, value, fired }));
    const { body: text, page, visit, at, offered, rules, confidence } = row;
    talk.turns.push({
      text,
      page,
      visit,
      said: talk.turns.length + 1,
      at: at.getTime(),
      offered,
      rules: rules ?? [],
      confidence,
      signals,
    });
    talks.set(row.id, talk);
  }
  return [...talks.values()];
}
