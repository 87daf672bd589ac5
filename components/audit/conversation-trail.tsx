import Link from 'next/link';
import type { LoggedActor } from '@/lib/domain/actor';
import { actorText, instantText, payloadText } from './trail-row';

interface Trail {
  name: string;
  entries: { seq: number; kind: string; actor: LoggedActor; payload: Record<string, unknown>; at: number }[];
  more: boolean;
}

/** All that happened to one conversation, in order, gap-free. */
export function ConversationTrail({ conversationId, trail }: { conversationId: string; trail: Trail }) {
  const last = trail.entries.at(-1)?.seq ?? 0;
  return (
    <div className="scroll" tabIndex={-1}>
      <div className="page-in report">
        <header className="report-head">
          <div className="grow">
            <h1 className="title" dir="auto">
              Audit trail of {trail.name}
            </h1>
            <p className="sub">
              Conversation {conversationId}. Words are kept apart from the log; it holds their keyed hashes.
              Times are UTC.
            </p>
          </div>
          <Link className="btn btn-32" href={`/inbox/resolved/${conversationId}`}>
            Open the conversation
          </Link>
        </header>
        <div className="table-in" tabIndex={-1}>
          <table className="table">
            <thead>
              <tr>
                <th className="end">#</th>
                <th>When</th>
                <th>Event</th>
                <th>By</th>
                <th>What</th>
              </tr>
            </thead>
            <tbody>
              {trail.entries.map((entry) => (
                <tr key={entry.seq}>
                  <td className="n end">{entry.seq}</td>
                  <td className="n">{instantText(entry.at)}</td>
                  <td>{entry.kind}</td>
                  <td>{actorText(entry.actor)}</td>
                  <td className="t2 wrap">{payloadText(entry.kind, entry.payload)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
        {trail.more && (
          <Link className="btn" href={`/audit/${conversationId}?after=${last}`}>
            Later ones
          </Link>
        )}
      </div>
    </div>
  );
}
