import Link from 'next/link';
import type { LoggedActor } from '@/lib/domain/actor';
import { EVENT_KINDS } from '@/lib/domain/conversation';
import { actorText, instantText, payloadText } from './trail-row';

interface Entry {
  chain: string;
  seq: number;
  kind: string;
  actor: LoggedActor;
  payload: Record<string, unknown>;
  at: number;
  hash: string;
}

const SETTING_KINDS = [
  'user.invited',
  'user.joined',
  'user.capacityChanged',
  'sla.policyChanged',
  'priority.policyChanged',
  'queue.changed',
  'bot.thresholdsChanged',
  'rules.changed',
  'tools.changed',
  'lookup.changed',
  'model.changed',
  'hours.changed',
  'article.created',
  'article.changed',
  'article.archived',
  'article.restored',
  'form.changed',
  'form.secretShown',
  'forms.keysRotated',
  'callbacks.changed',
  'calendar.connected',
  'calendar.chosen',
  'calendar.disconnected',
  'mail.tested',
  'mail.retried',
  'mail.discarded',
  'widget.made',
  'widget.siteAllowed',
  'widget.siteRemoved',
];

/** The newest of the log. Every line is one link of a chain whose hashes the command line can prove. */
export function AuditLog({
  entries,
  of,
  kind,
}: {
  entries: Entry[];
  of: 'conversations' | 'settings';
  kind: string;
}) {
  const kinds = of === 'settings' ? SETTING_KINDS : EVENT_KINDS;
  return (
    <div className="scroll" tabIndex={-1}>
      <div className="page-in report">
        <header className="report-head">
          <div className="grow">
            <h1 className="title">Audit log</h1>
            <p className="sub">
              Append-only and chained by keyed hashes. Prove it with{' '}
              <code>npm run baton -- audit verify</code>. Times are UTC.
            </p>
          </div>
          <form className="filter-line">
            <input type="hidden" name="of" value={of} />
            <select className="input" name="kind" defaultValue={kind} aria-label="Kind of event">
              <option value="">Every kind</option>
              {kinds.map((each) => (
                <option key={each} value={each}>
                  {each}
                </option>
              ))}
            </select>
            <button type="submit" className="btn btn-32">
              Filter
            </button>
          </form>
          <nav className="seg" aria-label="Which log">
            <Link href="/audit" aria-current={of === 'conversations' ? 'page' : undefined}>
              Conversations
            </Link>
            <Link href="/audit?of=settings" aria-current={of === 'settings' ? 'page' : undefined}>
              Settings
            </Link>
          </nav>
        </header>
        <div className="table-in" tabIndex={-1}>
          <table className="table">
            <thead>
              <tr>
                <th>When</th>
                <th>Event</th>
                <th>By</th>
                <th>What</th>
                <th>Place</th>
                <th>Hash</th>
              </tr>
            </thead>
            <tbody>
              {entries.map((entry) => (
                <tr key={`${entry.chain}${entry.seq}`}>
                  <td className="n">{instantText(entry.at)}</td>
                  <td>{entry.kind}</td>
                  <td>{actorText(entry.actor)}</td>
                  <td className="t2 wrap">{payloadText(entry.kind, entry.payload)}</td>
                  <td className="n">
                    {of === 'settings' ? (
                      entry.seq
                    ) : (
                      <Link href={`/audit/${entry.chain}`}>{`${entry.chain.slice(-6)} #${entry.seq}`}</Link>
                    )}
                  </td>
                  <td className="n t3">
                    <code>{entry.hash}</code>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
        {entries.length === 0 && <p className="sub">Nothing of this kind yet.</p>}
      </div>
    </div>
  );
}
