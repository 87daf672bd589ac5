'use client';

import { CalendarCard } from './calendar-card';
import { CalendarTools } from './calendar-tools';
import { ConnectCalendar } from './connect-calendar';
import { type CalendarList, useCalendars } from './use-calendars';

/** The calendars of whoever is signed in, and the way to connect another. */
export function OwnCalendars({ initial, trouble }: { initial: CalendarList; trouble: string | null }) {
  const { calendars, accounts, refusal, busy, act } = useCalendars(initial, 'own');
  return (
    <div className="scroll" tabIndex={-1}>
      <div className="set-body">
        <h1 className="title">Your calendars</h1>
        <p className="sub">
          Customers are offered calls with you when you are free in all of them. When you are busy is kept,
          what with is not.
        </p>
        {trouble !== null && (
          <p className="call-trouble set-note" role="alert">
            {trouble}
          </p>
        )}
        <section className="set-sec" aria-labelledby="connected-title">
          <header>
            <h2 id="connected-title">Connected</h2>
            <span className="sub">Read every five minutes</span>
          </header>
          {calendars.length === 0 ? (
            <p className="t2">None yet: you count as free in the team’s hours but for your calls.</p>
          ) : (
            <ul className="connections">
              {calendars.map((calendar) => (
                <CalendarCard key={calendar.id} calendar={{ ...calendar, agentName: null }}>
                  {calendar.kind !== 'feed' && (
                    <button
                      type="button"
                      className="btn btn-32 btn-ghost"
                      disabled={busy}
                      aria-label={`${calendar.takesCalls ? 'Write no calls' : 'Write calls here'}: ${calendar.name}`}
                      onClick={() =>
                        void act(
                          'choose',
                          { calendarId: calendar.id, takesCalls: !calendar.takesCalls },
                          calendar.takesCalls
                            ? `Calls are written into ${calendar.name} no more.`
                            : `Calls are written into ${calendar.name}.`,
                        )
                      }
                    >
                      {calendar.takesCalls ? 'Write no calls' : 'Write calls here'}
                    </button>
                  )}
                  <CalendarTools calendar={calendar} busy={busy} act={act} />
                </CalendarCard>
              ))}
            </ul>
          )}
        </section>
        <ConnectCalendar accounts={accounts} refusal={refusal} busy={busy} act={act} />
      </div>
    </div>
  );
}
