import Link from 'next/link';
import { clockText } from '@/lib/domain/durations';
import { dayLabel, daysBetween } from './days';
import type { Report } from './report';
import { drillHref, type ReportQuery } from './report-query';

const WIDTH = 380;
const HEIGHT = 200;
const LEFT = 24;
const RIGHT = 72;
const FOOT = 24;
const TARGET_MS = 3 * 60_000;

/** Median and p90 of the wait, day by day, against the target of three minutes. Days without a claim leave a gap. */
export function PickupChart({ report, query }: { report: Report; query: ReportQuery }) {
  const days = daysBetween(report.from, report.to, query.timeZone);
  const rows = days.map((day) => report.days.find((row) => row.day === day));
  const top = Math.max(TARGET_MS * 1.6, ...rows.map((row) => row?.pickupP90Ms ?? 0)) / 60_000;
  const ceiling = Math.ceil(top / 2) * 2;
  const x = (index: number) => LEFT + (index / Math.max(1, days.length - 1)) * (WIDTH - LEFT - RIGHT);
  const y = (ms: number) => (HEIGHT - FOOT) * (1 - ms / 60_000 / ceiling) + 4;
  const line = (of: (row: NonNullable<(typeof rows)[number]>) => number | null) => {
    let path = '';
    let pen = 'M';
    for (const [index, row] of rows.entries()) {
      const value = row ? of(row) : null;
      if (value === null) pen = 'M';
      else {
        path += `${pen}${x(index).toFixed(1)} ${y(value).toFixed(1)}`;
        pen = 'L';
      }
    }
    return path;
  };
  const { pickupP50Ms, pickupP90Ms } = report.totals;
  return (
    // biome-ignore lint/a11y/useSemanticElements: no element of HTML groups links inside a drawing
    <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="group" aria-label="Wait to claim by day: median and p90">
      {[0, ceiling / 2, ceiling].map((tick) => (
        <g key={tick}>
          <line
            x1={LEFT}
            x2={WIDTH - RIGHT}
            y1={y(tick * 60_000)}
            y2={y(tick * 60_000)}
            className="grid-line"
          />
          <text x={LEFT - 8} y={y(tick * 60_000) + 4} textAnchor="end" className="tick">
            {tick}
          </text>
        </g>
      ))}
      <line x1={LEFT} x2={WIDTH - RIGHT} y1={y(TARGET_MS)} y2={y(TARGET_MS)} className="target-line" />
      <text x={WIDTH - RIGHT + 8} y={y(TARGET_MS) + 4} className="tick">
        target 3:00
      </text>
      <path d={line((row) => row.pickupP90Ms)} className="line-p90" />
      <path d={line((row) => row.pickupP50Ms)} className="line-p50" />
      {rows.map((row, index) => {
        if (row?.pickupP50Ms == null) return null;
        const words = `${dayLabel(row.day)}: median ${clockText(row.pickupP50Ms)}, p90 ${clockText(row.pickupP90Ms ?? 0)}`;
        return (
          <Link key={row.day} href={drillHref(query, { day: row.day, stage: 'claimed' })} aria-label={words}>
            <circle cx={x(index)} cy={y(row.pickupP50Ms)} r="5" className="line-dot">
              <title>{words}</title>
            </circle>
          </Link>
        );
      })}
      {pickupP90Ms !== null && (
        <text
          x={WIDTH - RIGHT + 8}
          y={Math.max(12, clearOf(y(pickupP90Ms) + 4, y(TARGET_MS) + 4))}
          className="tick strong"
        >
          p90 {clockText(pickupP90Ms)}
        </text>
      )}
      {pickupP50Ms !== null && (
        <text x={WIDTH - RIGHT + 8} y={clearOf(y(pickupP50Ms) + 4, y(TARGET_MS) + 4)} className="tick strong">
          p50 {clockText(pickupP50Ms)}
        </text>
      )}
      <text x={LEFT} y={HEIGHT - 4} className="tick">
        {dayLabel(days[0] ?? '')}
      </text>
      <text x={WIDTH - RIGHT} y={HEIGHT - 4} textAnchor="end" className="tick">
        {dayLabel(days.at(-1) ?? '')}
      </text>
    </svg>
  );
}

/** A label keeps a line's height away from the target's. */
function clearOf(place: number, target: number): number {
  const gap = place - target;
  return Math.abs(gap) >= 14 ? place : target + (gap < 0 ? -14 : 14);
}
