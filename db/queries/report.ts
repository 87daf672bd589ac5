import type { HandoffState, Outcome, Path, Priority, Reason, Stage } from '@/lib/domain/handoff';
import type { Database, Parameter } from '../client';

/** `from` inclusive and `to` exclusive, epoch milliseconds. A null list of teams means every team. */
export interface ReportScope {
  from: number;
  to: number;
  timeZone: string;
  teamIds: readonly string[] | null;
}

export interface ReportDay {
  day: string;
  offered: number;
  handoffs: number;
  pickedUp: number;
  resolved: number;
  pickupP50Ms: number | null;
  pickupP90Ms: number | null;
}

/** A handoff counts on the day on which it entered the queue or was taken over; an offer on the day it was made. */
const COUNTED = `(h.queued_at is not null)`;
const WITHIN = `h.offered_at >= $1::timestamptz and h.offered_at < $2::timestamptz and ($4::uuid[] is null or h.team_id is null or h.team_id = any($4::uuid[]))`;
const PICKUP = `extract(epoch from h.claimed_at - h.queued_at) * 1000`;
const BY_PICKUP = `h.claimed_at is not null and h.path = 'live'`;

const scopeOf = (scope: ReportScope): Parameter[] => [
  new Date(scope.from),
  new Date(scope.to),
  scope.timeZone,
  scope.teamIds === null ? null : [...scope.teamIds],
];

export async function handoffsByDay(db: Database, scope: ReportScope): Promise<ReportDay[]> {
  const rows = await db.query<{
    day: string;
    offered: number;
    handoffs: number;
    picked_up: number;
    resolved: number;
    p50: number | null;
    p90: number | null;
  }>(
    `select to_char(h.offered_at at time zone $3::text, 'YYYY-MM-DD') as day, count(*)::int as offered,
       count(*) filter (where ${COUNTED})::int as handoffs,
       count(*) filter (where h.claimed_at is not null)::int as picked_up,
       count(*) filter (where h.outcome = 'resolved')::int as resolved,
       percentile_cont(0.5) within group (order by ${PICKUP}) filter (where ${BY_PICKUP}) as p50,
       percentile_cont(0.9) within group (order by ${PICKUP}) filter (where ${BY_PICKUP}) as p90
     from handoffs h where ${WITHIN} group by 1 order by 1`,
    scopeOf(scope),
  );
  return rows.map((row) => ({
    day: row.day,
    offered: row.offered,
    handoffs: row.handoffs,
    pickedUp: row.picked_up,
    resolved: row.resolved,
    pickupP50Ms: row.p50,
    pickupP90Ms: row.p90,
  }));
}

export interface ReportTotals {
  conversations: number;
  offered: number;
  handoffs: number;
  pickedUp: number;
  ended: number;
  resolved: number;
  /** Handoffs of which at least one clock passed its deadline. */
  breached: number;
  /** Handoffs of which somebody who had them said that they should never have come there. */
  misrouted: number;
  pickupP50Ms: number | null;
  pickupP90Ms: number | null;
}

export async function handoffTotals(db: Database, scope: ReportScope): Promise<ReportTotals> {
  const [row] = await db.query<{
    conversations: number;
    offered: number;
    handoffs: number;
    picked_up: number;
    ended: number;
    resolved: number;
    breached: number;
    misrouted: number;
    p50: number | null;
    p90: number | null;
  }>(
    `select (select count(*)::int from conversations c where c.started_at >= $1::timestamptz and c.started_at < $2::timestamptz and $3::text is not null) as conversations,
       count(*)::int as offered,
       count(*) filter (where ${COUNTED})::int as handoffs,
       count(*) filter (where h.claimed_at is not null)::int as picked_up,
       count(*) filter (where ${COUNTED} and h.ended_at is not null)::int as ended,
       count(*) filter (where h.breached_at is not null)::int as breached,
       count(*) filter (where h.misrouted)::int as misrouted,
       count(*) filter (where h.outcome = 'resolved')::int as resolved,
       percentile_cont(0.5) within group (order by ${PICKUP}) filter (where ${BY_PICKUP}) as p50,
       percentile_cont(0.9) within group (order by ${PICKUP}) filter (where ${BY_PICKUP}) as p90
     from handoffs h where ${WITHIN}`,
    scopeOf(scope),
  );
  if (row === undefined) throw new Error('An aggregate answered no row');
  return {
    conversations: row.conversations,
    offered: row.offered,
    handoffs: row.handoffs,
    pickedUp: row.picked_up,
    ended: row.ended,
    resolved: row.resolved,
    breached: row.breached,
    misrouted: row.misrouted,
    pickupP50Ms: row.p50,
    pickupP90Ms: row.p90,
  };
}

export async function reasonsByDay(
  db: Database,
  scope: ReportScope,
): Promise<{ day: string; reason: Reason; handoffs: number }[]> {
  return db.query(
    `select to_char(h.offered_at at time zone $3::text, 'YYYY-MM-DD') as day, h.reason, count(*)::int as handoffs
     from handoffs h where ${WITHIN} and ${COUNTED} group by 1, 2 order by 1, 2`,
    scopeOf(scope),
  );
}

/** What became of each offer: the path picked, and how it ended. */
export async function pathsAndOutcomes(
  db: Database,
  scope: ReportScope,
): Promise<{ path: Path | null; outcome: Outcome | null; count: number }[]> {
  return db.query(
    `select h.path, h.outcome, count(*)::int as count from handoffs h
     where ${WITHIN} and $3::text is not null group by 1, 2 order by 3 desc`,
    scopeOf(scope),
  );
}

export interface ReportRow {
  handoffId: string;
  conversationId: string;
  visitorId: string;
  customerName: string | null;
  reason: Reason;
  path: Path | null;
  state: HandoffState;
  outcome: Outcome | null;
  priority: Priority;
  teamId: string | null;
  agentId: string | null;
  offeredAt: number;
  /** The first breach of any of its clocks. */
  breachedAt: number | null;
  pickupMs: number | null;
  handlingMs: number | null;
}

/** How the first forecast of somebody who was taken came out. */
const FORECAST = {
  estimated: `h.first_claimed_at is not null`,
  in_range: `h.first_claimed_at - f.at between f.shown_low_ms * interval '1 ms' and f.shown_high_ms * interval '1 ms'`,
  sooner: `h.first_claimed_at - f.at < f.shown_low_ms * interval '1 ms'`,
  later: `h.first_claimed_at - f.at > f.shown_high_ms * interval '1 ms'`,
} satisfies Partial<Record<Stage, string>>;

export interface ReportForecasts {
  /** Null for all of them together. */
  teamId: string | null;
  /** Who was told a wait, and of these who was taken. */
  told: number;
  taken: number;
  inRange: number;
  sooner: number;
  later: number;
  /** Mean distance of the wait from the mean that was expected. */
  meanErrorMs: number | null;
}

/** How the waits came out that customers in line were told first: of all teams, and of each in whose line they stood. */
export async function forecastsByTeam(db: Database, scope: ReportScope): Promise<ReportForecasts[]> {
  const rows = await db.query<{
    team_id: string | null;
    told: number;
    taken: number;
    in_range: number;
    sooner: number;
    later: number;
    mean_error: number | null;
  }>(
    `select f.team_id, count(*)::int as told, count(*) filter (where ${FORECAST.estimated})::int as taken,
       count(*) filter (where ${FORECAST.in_range})::int as in_range,
       count(*) filter (where ${FORECAST.sooner})::int as sooner,
       count(*) filter (where ${FORECAST.later})::int as later,
       avg(abs(extract(epoch from h.first_claimed_at - f.at) * 1000 - f.mean_ms))::float8 as mean_error
     from handoffs h join wait_forecasts f on f.handoff_id = h.id where ${WITHIN} and $3::text is not null
     group by grouping sets ((), (f.team_id)) order by f.team_id nulls first`,
    scopeOf(scope),
  );
  return rows.map((row) => ({
    teamId: row.team_id,
    told: row.told,
    taken: row.taken,
    inRange: row.in_range,
    sooner: row.sooner,
    later: row.later,
    meanErrorMs: row.mean_error,
  }));
}

const withForecast = (condition: string) =>
  `exists (select 1 from wait_forecasts f where f.handoff_id = h.id and ${condition})`;

const AT_STAGE: Readonly<Record<Stage, string>> = {
  queued: COUNTED,
  claimed: BY_PICKUP,
  open: 'h.path is not null and h.outcome is null',
  unanswered: 'h.path is null and h.outcome is null',
  breached: 'h.breached_at is not null',
  misrouted: 'h.misrouted',
  estimated: withForecast(FORECAST.estimated),
  in_range: withForecast(FORECAST.in_range),
  sooner: withForecast(FORECAST.sooner),
  later: withForecast(FORECAST.later),
};

export interface ReportFilter {
  stage: Stage | null;
  day: string | null;
  reason: Reason | null;
  path: Path | null;
  outcome: Outcome | null;
}

/** The handoffs behind a figure, newest first, a page at a time. */
export async function listHandoffs(
  db: Database,
  scope: ReportScope,
  filter: ReportFilter,
  before: { at: number; id: string } | null,
  limit: number,
): Promise<ReportRow[]> {
  const rows = await db.query<{
    id: string;
    conversation_id: string;
    visitor_id: string;
    customer_name: string | null;
    reason: Reason;
    path: Path | null;
    state: HandoffState;
    outcome: Outcome | null;
    priority: Priority;
    team_id: string | null;
    agent_id: string | null;
    offered_at: Date;
    breached_at: Date | null;
    pickup_ms: number | null;
    handling_ms: number | null;
  }>(
    `select h.id, h.conversation_id, c.visitor_id, k.name as customer_name, h.reason, h.path, h.state, h.outcome, h.priority,
       h.team_id, h.agent_id, h.offered_at, h.breached_at, (${PICKUP})::float8 as pickup_ms,
       (extract(epoch from h.ended_at - h.claimed_at) * 1000)::float8 as handling_ms
     from handoffs h join conversations c on c.id = h.conversation_id left join customers k on k.id = c.customer_id
     where ${WITHIN} and ${filter.stage === null ? 'true' : AT_STAGE[filter.stage]}
       and ($5::text is null or to_char(h.offered_at at time zone $3::text, 'YYYY-MM-DD') = $5::text)
       and ($6::text is null or h.reason = $6::text) and ($7::text is null or h.path = $7::text)
       and ($8::text is null or h.outcome = $8::text)
       and ($9::timestamptz is null or (h.offered_at, h.id) < ($9::timestamptz, $10::uuid))
     order by h.offered_at desc, h.id desc limit $11::int`,
    [
      ...scopeOf(scope),
      filter.day,
      filter.reason,
      filter.path,
      filter.outcome,
      before ? new Date(before.at) : null,
      before?.id ?? null,
      limit,
    ],
  );
  return rows.map((row) => ({
    handoffId: row.id,
    conversationId: row.conversation_id,
    visitorId: row.visitor_id,
    customerName: row.customer_name,
    reason: row.reason,
    path: row.path,
    state: row.state,
    outcome: row.outcome,
    priority: row.priority,
    teamId: row.team_id,
    agentId: row.agent_id,
    offeredAt: row.offered_at.getTime(),
    breachedAt: row.breached_at?.getTime() ?? null,
    pickupMs: row.pickup_ms,
    handlingMs: row.handling_ms,
  }));
}
