import Link from 'next/link';
import { spanText } from '@/lib/domain/durations';
import type { ReportedForecasts } from './report';
import { drillHref, type ReportQuery } from './report-query';

/** Of fewer than these a share says nothing. */
const ENOUGH = 20;
const PROMISED = 80;

/** Whether the waits that customers in line were told held true: of four in five they should. */
export function WaitEstimates({ forecasts, query }: { forecasts: ReportedForecasts[]; query: ReportQuery }) {
  const [all, ...teams] = forecasts;
  const taken = all?.taken ?? 0;
  return (
    <section className="report-block" aria-labelledby="wait-estimates">
      <header>
        <h2 id="wait-estimates">Wait estimates</h2>
        <span className="sub">first range told, target {PROMISED} % within</span>
        {taken > 0 && (
          <Link className="lnk" href={drillHref(query, { stage: 'estimated' })}>
            {taken} told and claimed
          </Link>
        )}
      </header>
      {all === undefined || taken < ENOUGH ? (
        <p className="sub">{tooFew(all?.told ?? 0, taken)}</p>
      ) : (
        <div className="table-in" tabIndex={-1}>
          <table className="table forecasts">
            <thead>
              <tr>
                <th>Team</th>
                <th className="end">Told</th>
                <th className="end">Claimed</th>
                <th>Within the range</th>
                <th className="end">Sooner</th>
                <th className="end">Later</th>
                <th className="end">Mean error</th>
              </tr>
            </thead>
            <tbody>
              <Row name="All teams" row={all} query={query} />
              {teams.map((row) => (
                <Row key={row.teamName} name={row.teamName ?? 'A former team'} row={row} />
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}

/** With a query its figures lead to the handoffs that they count. */
function Row({ name, row, query }: { name: string; row: ReportedForecasts; query?: ReportQuery }) {
  const count = (value: number, stage: 'sooner' | 'later') =>
    query ? <Link href={drillHref(query, { stage })}>{value}</Link> : value;
  const share = Math.round((row.inRange / row.taken) * 100);
  return (
    <tr>
      <th scope="row">{name}</th>
      <td className="n end">{row.told}</td>
      <td className="n end">{row.taken}</td>
      {row.taken < ENOUGH ? (
        <td className="t3" colSpan={4}>
          Shown from {ENOUGH} claimed on
        </td>
      ) : (
        <>
          <td className="n">
            <span className="share">
              <span className="figure-band" aria-hidden="true">
                <i style={{ insetInlineStart: `${PROMISED}%`, insetInlineEnd: 0 }} />
                <b
                  className={share < PROMISED ? 'off' : undefined}
                  style={{ insetInlineStart: `${share}%` }}
                />
              </span>
              {query ? (
                <Link href={drillHref(query, { stage: 'in_range' })}>{share} %</Link>
              ) : (
                <span>{share} %</span>
              )}
              {share < PROMISED && <span className="sr">, missed</span>}
            </span>
          </td>
          <td className="n end">{count(row.sooner, 'sooner')}</td>
          <td className="n end">{count(row.later, 'later')}</td>
          <td className="n end">{row.meanErrorMs === null ? '' : spanText(row.meanErrorMs)}</td>
        </>
      )}
    </tr>
  );
}

function tooFew(told: number, taken: number): string {
  if (told === 0) return 'Nobody in line was told a wait in this time.';
  return `${told} ${told === 1 ? 'customer was' : 'customers were'} told a wait and ${taken} of them claimed. How well it held true is shown from ${ENOUGH} on.`;
}
