import {
  OUTCOMES,
  type Outcome,
  PATHS,
  type Path,
  REASONS,
  type Reason,
  STAGES,
  type Stage,
} from '@/lib/domain/handoff';

export const RANGES = [7, 14, 30, 60] as const;

/** What a report shows, as its address says it. */
export interface ReportQuery {
  days: (typeof RANGES)[number];
  timeZone: string;
  day: string | null;
  reason: Reason | null;
  path: Path | null;
  outcome: Outcome | null;
  stage: Stage | null;
  before: { at: number; id: string } | null;
}

type Search = Record<string, string | string[] | undefined>;

/** Anything an address says wrongly falls back to the default, so that an old link still opens. */
export function readReportQuery(search: Search): ReportQuery {
  const one = (name: string) => {
    const value = search[name];
    return typeof value === 'string' ? value : null;
  };
  const among = <T extends string>(known: readonly T[], name: string): T | null =>
    known.find((each) => each === one(name)) ?? null;
  const zone = one('zone') ?? 'UTC';
  const [at, id] = (one('before') ?? '').split('.');
  return {
    days: RANGES.find((days) => String(days) === one('days')) ?? 30,
    timeZone: Intl.supportedValuesOf('timeZone').includes(zone) ? zone : 'UTC',
    day: /^\d{4}-\d{2}-\d{2}$/.test(one('day') ?? '') ? one('day') : null,
    reason: among(REASONS, 'reason'),
    path: among(PATHS, 'path'),
    outcome: among(OUTCOMES, 'outcome'),
    stage: among(STAGES, 'stage'),
    before: at && id && /^\d+$/.test(at) && /^[0-9a-f-]{36}$/.test(id) ? { at: Number(at), id } : null,
  };
}

type Filter = Pick<ReportQuery, 'day' | 'reason' | 'path' | 'outcome' | 'stage'>;
const EVERYTHING: Filter = { day: null, reason: null, path: null, outcome: null, stage: null };

/** The address of the report with the list of exactly those behind one figure. */
export function drillHref(query: ReportQuery, filter: Partial<Filter>): string {
  return reportHref(query, { ...EVERYTHING, ...filter });
}

/** The address of the same report with something changed. A change of what is listed starts at its first page. */
export function reportHref(query: ReportQuery, change: Partial<ReportQuery>): string {
  const next = { ...query, before: null, ...change };
  const words = new URLSearchParams({ days: String(next.days) });
  if (next.timeZone !== 'UTC') words.set('zone', next.timeZone);
  for (const name of ['day', 'reason', 'path', 'outcome', 'stage'] as const) {
    const value = next[name];
    if (value !== null) words.set(name, value);
  }
  if (next.before) words.set('before', `${next.before.at}.${next.before.id}`);
  return `/reports?${words}`;
}
