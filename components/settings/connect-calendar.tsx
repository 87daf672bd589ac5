'use client';

import { useState } from 'react';
import type { Refusal } from '@/lib/domain/errors';
import { ConnectDav } from './connect-dav';
import { ConnectFeed } from './connect-feed';

/** What a form that connects a calendar is given. */
export interface ConnectProps {
  refusal: Refusal | null;
  busy: boolean;
  act: <T>(verb: string, input: object, done: string) => Promise<T | null>;
}

const WAYS = {
  caldav: 'Nextcloud, iCloud, Fastmail and most others. Calls are written into it too.',
  feed: 'Any calendar that publishes its times. It can be read, and not written.',
} as const;
type Way = keyof typeof WAYS;
const NAMES: Readonly<Record<Way, string>> = { caldav: 'CalDAV', feed: 'Feed' };

/** The ways to connect another calendar. */
export function ConnectCalendar(props: ConnectProps) {
  const [way, setWay] = useState<Way>('caldav');
  return (
    <section className="set-sec" aria-labelledby="connect-title">
      <header>
        <h2 id="connect-title">Connect another</h2>
      </header>
      <fieldset className="seg picker">
        <legend className="sr">How</legend>
        {(['caldav', 'feed'] as const).map((each) => (
          <label key={each}>
            <input
              type="radio"
              name="way"
              className="sr"
              checked={each === way}
              onChange={() => setWay(each)}
            />
            {NAMES[each]}
          </label>
        ))}
      </fieldset>
      <p className="sub set-note">{WAYS[way]}</p>
      {way === 'caldav' ? <ConnectDav {...props} /> : <ConnectFeed {...props} />}
    </section>
  );
}
