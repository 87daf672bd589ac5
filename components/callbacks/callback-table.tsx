'use client';

import Link from 'next/link';
import { useEffect, useState } from 'react';
import { clockText, otherClockText } from '@/components/ui/clock-text';
import { CHANNEL_WORDS } from '@/components/ui/words';
import type { Callback, CallbackState } from '@/lib/domain/callback';

const STATES: Readonly<Record<CallbackState, string>> = {
  booked: 'Booked',
  due: 'Due',
  kept: 'Kept',
  missed: 'Missed',
  cancelled: 'Cancelled',
};

export interface CallbackRow {
  callback: Callback;
  name: string;
  topic: string | null;
  teamName: string;
}

/** Calls in the order of their time; each leads to its conversation. */
export function CallbackTable({ rows }: { rows: readonly CallbackRow[] }) {
  if (rows.length === 0) {
    return (
      <p className="t2">
        No call is agreed. Customers choose one in the chat, and agents agree one under More in a
        conversation.
      </p>
    );
  }
  return (
    <div className="table-in" tabIndex={-1}>
      <table className="table">
        <thead>
          <tr>
            <th>When</th>
            <th>Customer</th>
            <th>How</th>
            <th>With</th>
            <th>Team</th>
            <th>State</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ callback, name, topic, teamName }) => (
            <tr key={callback.callbackId}>
              <td className="n">
                <When callback={callback} />
              </td>
              <td>
                <Link className="lnk" href={`/inbox/mine/${callback.conversationId}`}>
                  {name}
                </Link>
                {topic !== null && <span className="t3"> {topic}</span>}
              </td>
              <td>{CHANNEL_WORDS[callback.channel]}</td>
              <td>{callback.agent?.name ?? 'Whoever is free'}</td>
              <td className="t2">{teamName}</td>
              <td>{STATES[callback.state]}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** In the reader's own zone, which only their browser knows. */
function When({ callback }: { callback: Callback }) {
  const [isHere, setHere] = useState(false);
  useEffect(() => setHere(true), []);
  if (!isHere) return null;
  const { slot, lateAt, timeZone } = callback;
  if (slot === null) return <>by {clockText(lateAt)}</>;
  const other = otherClockText(slot.startAt, timeZone);
  return (
    <>
      {clockText(slot.startAt)}
      {other !== null && <span className="t3"> · {other}</span>}
    </>
  );
}
