import type { Metadata } from 'next';
import Link from 'next/link';
import { CallbackTable } from '@/components/callbacks/callback-table';
import { deskAgent } from '@/lib/auth/current-agent';
import { visitorLabel } from '@/lib/domain/visitor-label';
import { calendarNotices } from '@/lib/services/calendar/notices';
import { readCallbacks } from '@/lib/services/callback/read';
import { context } from '@/lib/services/runtime';

export const metadata: Metadata = { title: 'Callbacks' };

export default async function CallbacksPage() {
  const agent = await deskAgent();
  const entries = await readCallbacks(context(), agent);
  const rows = entries.map(({ callback, name, visitorId, topic }) => ({
    callback,
    name: name ?? visitorLabel(visitorId),
    topic,
    teamName: context().directory.team(callback.teamId)?.name ?? '',
  }));
  const notices = await calendarNotices(context(), agent);
  return (
    <div className="scroll" tabIndex={-1}>
      <div className="page-in report">
        <header className="report-head">
          <div className="grow">
            <h1 className="title">Callbacks</h1>
            <p className="sub">
              What was promised to customers, and how the last day went. Times are your own.
            </p>
          </div>
          <Link className="btn btn-32" href="/calendars">
            Your calendars
          </Link>
        </header>
        {notices.map(({ text, href }) => (
          <p key={href} className="call-trouble">
            {text} <Link href={href}>See the calendars</Link>
          </p>
        ))}
        <CallbackTable rows={rows} />
      </div>
    </div>
  );
}
