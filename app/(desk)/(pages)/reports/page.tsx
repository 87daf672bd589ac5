import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { HandoffList } from '@/components/reports/handoff-list';
import { HandoffReportView } from '@/components/reports/handoff-report';
import { type ReportQuery, readReportQuery } from '@/components/reports/report-query';
import { deskAgent } from '@/lib/auth/current-agent';
import { scopeOf } from '@/lib/domain/permissions';
import { listReportedHandoffs, readHandoffReport } from '@/lib/services/report/handoffs';
import { context } from '@/lib/services/runtime';

export const metadata: Metadata = { title: 'Handoffs' };

type Search = Record<string, string | string[] | undefined>;

export default async function ReportsPage({ searchParams }: { searchParams: Promise<Search> }) {
  const agent = await deskAgent();
  if (scopeOf(agent.role, 'report.read') === null) notFound();
  const query: ReportQuery = readReportQuery(await searchParams);
  const { days, timeZone, day, reason, path, outcome, stage, before } = query;
  const [report, list] = await Promise.all([
    readHandoffReport(context(), agent, { days, timeZone }),
    listReportedHandoffs(context(), agent, { days, timeZone, day, reason, path, outcome, stage, before }),
  ]);
  return (
    <HandoffReportView report={report} query={query}>
      <HandoffList list={list} query={query} />
    </HandoffReportView>
  );
}
