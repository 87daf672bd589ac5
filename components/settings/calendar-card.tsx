'use client';

import type { ReactNode } from 'react';
import type { CalendarKind, ConnectedCalendar, Freshness } from '@/lib/domain/connected-calendar';
import { When } from './when';

/** A calendar as its pages show it. */
export interface CalendarRow extends ConnectedCalendar {
  freshness: Freshness;
  agentName: string | null;
}

const KINDS: Readonly<Record<CalendarKind, string>> = {
  feed: 'Feed',
  caldav: 'CalDAV',
  google: 'Google Calendar',
  outlook: 'Outlook',
};
const STATES: Readonly<Record<Freshness, 'good' | 'late' | 'bad'>> = {
  fresh: 'good',
  late: 'late',
  lost: 'bad',
};
/** What follows from it for the times that customers are offered. */
const MEANS: Readonly<Record<Freshness, string | null>> = {
  fresh: null,
  late: 'The times that were known then still hold, for a day in all.',
  lost: 'Customers are offered no times with this agent until it can be read again or is disconnected.',
};

/** One calendar: where it is, when it was read, what is wrong with it and what follows, and what can be done. */
export function CalendarCard({ calendar, children }: { calendar: CalendarRow; children: ReactNode }) {
  const { name, kind, host, freshness, readAt, trouble, nextReadAt, takesCalls, unwritten, agentName } =
    calendar;
  return (
    <li className="connection" data-state={STATES[freshness]}>
      <div className="grow">
        <b>{name}</b>
        <p className="t3">
          {agentName !== null && `${agentName} · `}
          {KINDS[kind]} · {host}
          {takesCalls && ' · calls are written into it'}
        </p>
        <p className="t3">
          Read <When at={readAt} />
          {trouble !== null && (
            <>
              ; next try <When at={nextReadAt} />
            </>
          )}
        </p>
        {trouble !== null && (
          <p className="form-fault">
            {trouble.reason} Since <When at={trouble.since} />.
          </p>
        )}
        {unwritten !== null && (
          <p className="form-fault">
            {unwritten.count === 1 ? 'A call' : `${unwritten.count} calls`} could not be written into it and{' '}
            {unwritten.count === 1 ? 'is' : 'are'} tried again. {unwritten.reason}
          </p>
        )}
        {MEANS[freshness] !== null && <p className="t2">{MEANS[freshness]}</p>}
      </div>
      {children}
    </li>
  );
}
