'use client';

import { CalendarCard } from './calendar-card';
import { CalendarTools } from './calendar-tools';
import { type CalendarList, useCalendars } from './use-calendars';

/** Everybody's calendars and how they fare, what cannot be read first. */
export function AllCalendars({ initial }: { initial: CalendarList }) {
  const { calendars, refusal, busy, act } = useCalendars(initial, 'all');
  const troubled = calendars.filter(({ freshness }) => freshness !== 'fresh').length;
  return (
    <div className="scroll" tabIndex={-1}>
      <div className="set-body">
        <h1 className="title">Calendars</h1>
        <p className="sub">
          Everyone connects their own under Callbacks. Calls are offered when an agent is free in all of them.
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
      </div>
    </div>
  );
}

function healthText(count: number, troubled: number): string {
  if (count === 0) return 'Nobody has connected one yet';
  if (troubled === 0) return count === 1 ? 'It can be read' : `All ${count} can be read`;
  return `${troubled} of ${count} cannot be read`;
}
