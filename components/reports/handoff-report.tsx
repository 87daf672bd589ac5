import { TriangleAlert } from 'lucide-react';
import Link from 'next/link';
import type { ReactNode } from 'react';
import { OUTCOME_WORDS, STAGE_WORDS } from '@/components/ui/words';
import { clockText, spanText } from '@/lib/domain/durations';
import { Figure } from './figure';
import { PickupChart } from './pickup-chart';
import { ReasonChart } from './reason-chart';
import type { Report } from './report';
import { drillHref, RANGES, type ReportQuery, reportHref } from './report-query';
import { WaitEstimates } from './wait-estimates';
import { ZonePicker } from './zone-picker';

const DAY = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short' });

/** The Handoff report: how many, why, how long until somebody was there, and what became of them. */
export function HandoffReportView({
  report,
  query,
  children,
}: {
  report: Report;
  query: ReportQuery;
  children: ReactNode;
}) {
  const { totals, before } = report;
  return (
    <div className="scroll" tabIndex={-1}>
      <div className="page-in report">
        <header className="report-head">
          <div className="grow">
            <h1 className="title">Handoffs</h1>
            <p className="sub">
              {totals.handoffs} of {totals.conversations} conversations, {DAY.format(report.from)} to{' '}
              {DAY.format(report.to)}, {query.timeZone}
            </p>
          </div>
          <ZonePicker query={query} />
          <nav className="seg" aria-label="Range">
            {RANGES.map((days) => (
              <Link
                key={days}
                href={reportHref(query, { days, day: null })}
                aria-current={query.days === days ? 'page' : undefined}
              >
                {days} days
              </Link>
            ))}
          </nav>
        </header>
        <section className="figures" aria-label="Key figures">
          <Figure
            name="Handoff rate"
            value={share(totals.handoffs, totals.conversations)}
            unit="%"
            before={share(before.handoffs, before.conversations)}
            target={{ low: 15, high: 30, text: 'Target 15 to 30' }}
            scale={50}
          />
          <Figure
            name="Wait to claim, median"
            value={minutes(totals.pickupP50Ms)}
            unit="min"
            text={totals.pickupP50Ms === null ? null : clockText(totals.pickupP50Ms)}
            before={minutes(before.pickupP50Ms)}
            target={{ low: 0, high: 3, text: 'Target under 3:00' }}
            scale={6}
          />
          <Figure
            name="Wait to claim, p90"
            value={minutes(totals.pickupP90Ms)}
            unit="min"
            text={totals.pickupP90Ms === null ? null : clockText(totals.pickupP90Ms)}
            before={minutes(before.pickupP90Ms)}
            target={null}
            scale={12}
          />
          <Figure
            name="Resolved after handoff"
            value={share(totals.resolved, totals.ended)}
            unit="%"
            before={share(before.resolved, before.ended)}
            target={{ low: 90, high: 100, text: 'Target over 90' }}
            scale={100}
          />
          <Figure
            name="Breached a target"
            value={share(totals.breached, totals.handoffs)}
            unit="%"
            before={share(before.breached, before.handoffs)}
            target={null}
            scale={50}
          />
        </section>
        <div className="report-row">
          <section className="report-block wide">
            <header>
              <h2>Reasons by day</h2>
              <Link className="lnk" href={drillHref(query, { stage: 'queued' })}>
                {totals.handoffs} handoffs
              </Link>
            </header>
            <ReasonChart report={report} query={query} />
          </section>
          <section className="report-block">
            <header>
              <h2>Wait to claim</h2>
              <span className="sub">minutes</span>
            </header>
            <PickupChart report={report} query={query} />
          </section>
        </div>
        <section className="report-block">
          <header>
            <h2>What became of the offers</h2>
            <span className="sub">{totals.offered} offered</span>
            <Link className="lnk" href={drillHref(query, { stage: 'misrouted' })}>
              {totals.misrouted} misrouted
            </Link>
            <Link className="lnk" href={drillHref(query, { stage: 'breached' })}>
              {totals.breached} breached a target
            </Link>
          </header>
          <ul className="outcomes">
            {report.paths.map(({ path, outcome, count }) => (
              <li key={`${path}${outcome}`}>
                <Link
                  href={drillHref(query, {
                    path,
                    outcome,
                    stage: outcome ? null : path ? 'open' : 'unanswered',
                  })}
                >
                  <b className="n">{count}</b>
                  <span>{outcome ? OUTCOME_WORDS[outcome] : STAGE_WORDS[path ? 'open' : 'unanswered']}</span>
                  {path && <span className="t3">{path === 'live' ? 'live chat' : 'takeover'}</span>}
                </Link>
              </li>
            ))}
          </ul>
        </section>
        <WaitEstimates forecasts={report.forecasts} query={query} />
        {children}
        {totals.handoffs === 0 && (
          <p className="sub">
            <TriangleAlert className="i i-14" aria-hidden="true" /> No handoffs in these {query.days} days.
          </p>
        )}
        <p className="sub report-note">
          A handoff counts on the day on which it was offered. The wait runs from the queue to the claim
          {totals.pickupP90Ms !== null && `; one in ten waited over ${spanText(totals.pickupP90Ms)}`}.
          Takeovers are not in the wait.
        </p>
      </div>
    </div>
  );
}

function share(part: number, whole: number): number | null {
  return whole === 0 ? null : (part / whole) * 100;
}

function minutes(ms: number | null): number | null {
  return ms === null ? null : ms / 60_000;
}
