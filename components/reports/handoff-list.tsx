import { X } from 'lucide-react';
import Link from 'next/link';
import { PriorityMark } from '@/components/ui/priority-mark';
import { OUTCOME_WORDS, PATH_WORDS, REASON_WORDS, STAGE_WORDS } from '@/components/ui/words';
import { spanText } from '@/lib/domain/durations';
import { dayLabel } from './days';
import type { ReportedHandoffs } from './report';
import { type ReportQuery, reportHref } from './report-query';

/** The handoffs behind the figures; each leads to its conversation. */
export function HandoffList({ list, query }: { list: ReportedHandoffs; query: ReportQuery }) {
  const at = new Intl.DateTimeFormat('en-GB', {
    day: 'numeric',
    month: 'short',
    hour: '2-digit',
    minute: '2-digit',
    timeZone: query.timeZone,
  });
  const filters: [string, Partial<ReportQuery>][] = [
    ...(query.day ? [[dayLabel(query.day), { day: null }] as [string, Partial<ReportQuery>]] : []),
    ...(query.reason
      ? [[REASON_WORDS[query.reason], { reason: null }] as [string, Partial<ReportQuery>]]
      : []),
    ...(query.path ? [[PATH_WORDS[query.path], { path: null }] as [string, Partial<ReportQuery>]] : []),
    ...(query.outcome
      ? [[OUTCOME_WORDS[query.outcome], { outcome: null }] as [string, Partial<ReportQuery>]]
      : []),
    ...(query.stage ? [[STAGE_WORDS[query.stage], { stage: null }] as [string, Partial<ReportQuery>]] : []),
  ];
  return (
    <section className="report-block" aria-label="Handoffs">
      <header>
        <h2>Conversations</h2>
        {filters.map(([name, change]) => (
          <Link key={name} className="tag tag-line" href={reportHref(query, change)}>
            {name}
            <X className="i i-12" aria-hidden="true" />
            <span className="sr">remove this filter</span>
          </Link>
        ))}
      </header>
      <div className="table-in" tabIndex={-1}>
        <table className="table">
          <thead>
            <tr>
              <th>Customer</th>
              <th>Offered</th>
              <th>Reason</th>
              <th>Path</th>
              <th>Priority</th>
              <th className="end">Wait</th>
              <th>Breached</th>
              <th className="end">Handled in</th>
              <th>Agent</th>
              <th>Outcome</th>
            </tr>
          </thead>
          <tbody>
            {list.rows.map((row) => (
              <tr key={row.handoffId}>
                <td>
                  <Link href={`/inbox/resolved/${row.conversationId}`} dir="auto">
                    {row.name}
                  </Link>
                </td>
                <td className="n">{at.format(row.offeredAt)}</td>
                <td>{REASON_WORDS[row.reason]}</td>
                <td>{row.path ? PATH_WORDS[row.path] : <span className="t3">none picked</span>}</td>
                <td>
                  <PriorityMark priority={row.priority} />
                </td>
                <td className="n end">{row.pickupMs === null ? '' : spanText(row.pickupMs)}</td>
                <td className="n">{row.breachedAt === null ? '' : at.format(row.breachedAt)}</td>
                <td className="n end">{row.handlingMs === null ? '' : spanText(row.handlingMs)}</td>
                <td>{row.agentName ?? <span className="t3">{row.teamName ?? ''}</span>}</td>
                <td>{row.outcome ? OUTCOME_WORDS[row.outcome] : <span className="t3">open</span>}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {list.rows.length === 0 && <p className="sub">No handoff fits.</p>}
      {list.next && (
        <Link className="btn" href={reportHref(query, { before: list.next })}>
          Earlier ones
        </Link>
      )}
    </section>
  );
}
