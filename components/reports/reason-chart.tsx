import Link from 'next/link';
import { REASON_WORDS } from '@/components/ui/words';
import { REASONS, type Reason } from '@/lib/domain/handoff';
import { dayLabel, daysBetween } from './days';
import type { Report } from './report';
import { drillHref, type ReportQuery } from './report-query';

const WIDTH = 480;
const HEIGHT = 200;
const LEFT = 32;
const FOOT = 24;

/** Bars by day, stacked by reason; each piece leads to the handoffs it stands for. */
export function ReasonChart({ report, query }: { report: Report; query: ReportQuery }) {
  const days = daysBetween(report.from, report.to, query.timeZone);
  const reasons = REASONS.map((reason) => ({
    reason,
    total: sum(report.reasons.filter((row) => row.reason === reason).map((row) => row.handoffs)),
  }))
    .filter(({ total }) => total > 0)
    .sort((a, b) => b.total - a.total);
  const count = (day: string, reason: Reason) =>
    report.reasons.find((row) => row.day === day && row.reason === reason)?.handoffs ?? 0;
  const top = niceTop(
    Math.max(1, ...days.map((day) => sum(reasons.map(({ reason }) => count(day, reason))))),
  );
  const step = (WIDTH - LEFT) / days.length;
  const y = (value: number) => (HEIGHT - FOOT) * (1 - value / top) + 4;
  const labelEvery = Math.ceil(days.length / 8);
  return (
    <div className="chart-with-key">
      {/* biome-ignore lint/a11y/useSemanticElements: no element of HTML groups links inside a drawing */}
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="group" aria-label="Handoffs by day and reason">
        {[0, top / 2, top].map((tick) => (
          <g key={tick}>
            <line x1={LEFT} x2={WIDTH} y1={y(tick)} y2={y(tick)} className="grid-line" />
            <text x={LEFT - 8} y={y(tick) + 4} textAnchor="end" className="tick">
              {tick}
            </text>
          </g>
        ))}
        {days.map((day, index) => {
          let base = 0;
          const x = LEFT + index * step + step * 0.16;
          return (
            <g key={day}>
              {reasons.map(({ reason }, place) => {
                const value = count(day, reason);
                if (value === 0) return null;
                const from = base;
                base += value;
                const words = `${dayLabel(day)}: ${value} ${REASON_WORDS[reason]}`;
                return (
                  <Link
                    key={reason}
                    href={drillHref(query, { day, reason, stage: 'queued' })}
                    aria-label={words}
                  >
                    <rect
                      x={x}
                      y={y(base)}
                      width={step * 0.68}
                      height={Math.max(1, y(from) - y(base) - 0.75)}
                      style={{ fill: `var(--series-${Math.min(6, place + 1)})` }}
                    >
                      <title>{words}</title>
                    </rect>
                  </Link>
                );
              })}
              {index % labelEvery === 0 && (
                <text x={x} y={HEIGHT - 4} className="tick">
                  {dayLabel(day)}
                </text>
              )}
            </g>
          );
        })}
      </svg>
      <ul className="chart-key">
        {reasons.map(({ reason, total }, place) => (
          <li key={reason}>
            <Link href={drillHref(query, { reason, stage: 'queued' })}>
              <i style={{ background: `var(--series-${Math.min(6, place + 1)})` }} aria-hidden="true" />
              <span>{REASON_WORDS[reason]}</span>
              <b className="n">{total}</b>
            </Link>
          </li>
        ))}
      </ul>
    </div>
  );
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

function niceTop(value: number): number {
  const step = value > 40 ? 20 : value > 10 ? 10 : 4;
  return Math.ceil(value / step) * step;
}
