'use client';

import Link from 'next/link';
import { CalendarCard } from './calendar-card';
import { CalendarTools } from './calendar-tools';
import { type CalendarList, useCalendars } from './use-calendars';

const PROVIDERS = [
  { kind: 'google', name: 'Google Calendar', settings: 'GOOGLE_CLIENT' },
  { kind: 'outlook', name: 'Outlook', settings: 'MICROSOFT_CLIENT' },
] as const;

/** Everybody's calendars and how they fare, what cannot be read first. */
export function AllCalendars({ initial }: { initial: CalendarList }) {
  const { calendars, accounts, redirectUri, refusal, busy, act } = useCalendars(initial, 'all');
  const troubled = calendars.filter(({ freshness }) => freshness !== 'fresh').length;
  return (
    <div className="scroll" tabIndex={-1}>
      <div className="set-body">
        <h1 className="title">Calendars</h1>
        <p className="sub">
          Everyone connects <Link href="/calendars">their own</Link>. Calls are offered when an agent is free
          in all of them.
        </p>
        <section className="set-sec" aria-labelledby="all-title">
          <header>
            <h2 id="all-title">Of everyone</h2>
            <span className="sub" role="status">
              {healthText(calendars.length, troubled)}
            </span>
          </header>
          {refusal && (
            <p className="form-fault" role="alert">
              {refusal.message}
            </p>
          )}
          <ul className="connections">
            {calendars.map((calendar) => (
              <CalendarCard key={calendar.id} calendar={calendar}>
                <CalendarTools calendar={calendar} busy={busy} act={act} />
              </CalendarCard>
            ))}
          </ul>
        </section>
        <section className="set-sec" aria-labelledby="accounts-title">
          <header>
            <h2 id="accounts-title">Google and Outlook</h2>
            <span className="sub">With an application of your own</span>
          </header>
          <ul className="connections">
            {PROVIDERS.map(({ kind, name, settings }) => {
              const isOn = accounts.includes(kind);
              return (
                <li key={kind} className="connection" data-state={isOn ? 'good' : 'none'}>
                  <div className="grow">
                    <b>{name}</b>
                    <p className="t3">
                      {isOn ? (
                        'Agents can connect their accounts.'
                      ) : (
                        <>
                          Not set up: the operator sets <code>{settings}_ID</code> and{' '}
                          <code>{settings}_SECRET</code>.
                        </>
                      )}
                    </p>
                  </div>
                </li>
              );
            })}
          </ul>
          <p className="sub set-note">
            Address to register with them for the way back: <code>{redirectUri}</code>
          </p>
        </section>
      </div>
    </div>
  );
}

function healthText(count: number, troubled: number): string {
  if (count === 0) return 'Nobody has connected one yet';
  if (troubled === 0) return count === 1 ? 'It can be read' : `All ${count} can be read`;
  return `${troubled} of ${count} cannot be read`;
}
