'use client';

import { useState } from 'react';
import { Dialog } from '@/components/ui/dialog';
import type { CalendarRow } from './calendar-card';

/** What can be done with a connected calendar. */
export function CalendarTools({
  calendar,
  busy,
  act,
}: {
  calendar: CalendarRow;
  busy: boolean;
  act: (verb: string, input: object, done: string) => Promise<unknown>;
}) {
  const [isAsking, setAsking] = useState(false);
  const { id: calendarId, name } = calendar;
  return (
    <>
      <button
        type="button"
        className="btn btn-32 btn-ghost"
        disabled={busy}
        aria-label={`Read now: ${name}`}
        onClick={() => void act('read', { calendarId }, 'It is read now.')}
      >
        Read now
      </button>
      <button
        type="button"
        className="btn btn-32 btn-ghost"
        disabled={busy}
        aria-label={`Disconnect: ${name}`}
        onClick={() => setAsking(true)}
      >
        Disconnect
      </button>
      {isAsking && (
        <Dialog title={`Disconnect ${name}?`} onClose={() => setAsking(false)}>
          <p className="t2">
            Its times count as free from then on, and what was kept of it is deleted. Calls that stand in it
            already stay there.
          </p>
          <div className="dialog-foot">
            <button type="button" className="btn btn-32" onClick={() => setAsking(false)}>
              Keep it
            </button>
            <button
              type="button"
              className="btn btn-32 btn-primary"
              onClick={() => {
                setAsking(false);
                void act('disconnect', { calendarId }, `${name} is disconnected.`);
              }}
            >
              Disconnect
            </button>
          </div>
        </Dialog>
      )}
    </>
  );
}
