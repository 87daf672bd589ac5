import type { Priority } from '@/lib/domain/handoff';
import type { ForecastEnd, ForecastKind, ForecastOutcome, WaitForecast } from '@/lib/domain/wait-forecast';
import type { Database } from '../client';

/** What a customer in line was told. */
export interface ToldForecast extends WaitForecast {
  handoffId: string;
  shownLowMs: number;
  shownHighMs: number;
}

/** Keeps what was told first. Who has a forecast already, waits no longer, or was claimed before, gets none. */
export async function insertForecasts(
  db: Database,
  teamId: string,
  told: readonly ToldForecast[],
  at: number,
): Promise<void> {
  await db.query(
    `insert into wait_forecasts (handoff_id, team_id, priority, kind, at, raw_ms, raw_low_ms, raw_high_ms, mean_ms, shown_low_ms, shown_high_ms)
     select h.id, $1::uuid, told.priority, told.kind, $2::timestamptz, told.raw_ms, told.raw_low_ms, told.raw_high_ms, told.mean_ms,
       told.shown_low_ms, told.shown_high_ms
     from unnest($3::uuid[], $4::int[], $5::text[], $6::float8[], $7::float8[], $8::float8[], $9::float8[], $10::int[], $11::int[])
       as told (id, priority, kind, raw_ms, raw_low_ms, raw_high_ms, mean_ms, shown_low_ms, shown_high_ms)
     join handoffs h on h.id = told.id and h.state = 'pending' and h.first_claimed_at is null on conflict do nothing`,
    [
      teamId,
      new Date(at),
      told.map(({ handoffId }) => handoffId),
      told.map(({ estimate }) => estimate.priority),
      told.map(kindOf),
      told.map(({ estimate }) => estimate.rawMs),
      told.map(({ rawLowMs }) => rawLowMs),
      told.map(({ rawHighMs }) => rawHighMs),
      told.map(({ estimate }) => estimate.meanMs),
      told.map(({ shownLowMs }) => shownLowMs),
      told.map(({ shownHighMs }) => shownHighMs),
    ],
  );
}

/** How the newest forecasts of a team came out up to that instant, the first outcome first. */
export async function readForecastOutcomes(
  db: Database,
  teamId: string,
  now: number,
  limit: number,
): Promise<ForecastOutcome[]> {
  const rows = await db.query<{
    priority: Priority;
    kind: ForecastKind;
    raw_ms: number;
    raw_low_ms: number;
    raw_high_ms: number;
    mean_ms: number;
    outcome: ForecastEnd;
    waited_ms: number;
  }>(
    `select priority, kind, raw_ms, raw_low_ms, raw_high_ms, mean_ms, outcome, (extract(epoch from ended - at) * 1000)::float8 as waited_ms
     from (select f.*, coalesce(h.first_claimed_at, h.ended_at) as ended,
         case when h.first_claimed_at is null then 'left' else 'taken' end as outcome
       from wait_forecasts f join handoffs h on h.id = f.handoff_id
       where f.team_id = $1::uuid and f.at <= $2::timestamptz order by f.at desc limit $3::int) newest
     where ended <= $2::timestamptz order by ended`,
    [teamId, new Date(now), limit],
  );
  return rows.map((row) => ({
    estimate: {
      priority: row.priority,
      isParked: row.kind === 'parked',
      rawMs: row.raw_ms,
      meanMs: row.mean_ms,
      lowMs: row.raw_low_ms,
      highMs: row.raw_high_ms,
    },
    rawLowMs: row.raw_low_ms,
    rawHighMs: row.raw_high_ms,
    isFree: row.kind === 'look',
    outcome: row.outcome,
    waitedMs: row.waited_ms,
  }));
}

function kindOf({ estimate, isFree }: WaitForecast): ForecastKind {
  if (isFree) return 'look';
  return estimate.isParked ? 'parked' : 'turn';
}
