'use client';

import { useState } from 'react';
import type { AccountKind } from '@/lib/domain/connected-calendar';
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
  google: 'The main calendar of your Google account. Calls are written into it too.',
  outlook: 'The main calendar of your Microsoft account. Calls are written into it too.',
  caldav: 'Nextcloud, iCloud, Fastmail and most others. Calls are written into it too.',
  feed: 'Any calendar that publishes its times. It can be read, and not written.',
} as const;
type Way = keyof typeof WAYS;
const NAMES: Readonly<Record<Way, string>> = {
  google: 'Google',
  outlook: 'Outlook',
  caldav: 'CalDAV',
  feed: 'Feed',
};

/** The ways to connect another calendar. */
export function ConnectCalendar({ accounts, ...props }: ConnectProps & { accounts: readonly AccountKind[] }) {
  const ways: readonly Way[] = [...accounts, 'caldav', 'feed'];
  const [way, setWay] = useState<Way>(ways[0] ?? 'caldav');
  return (
    <section className="set-sec" aria-labelledby="connect-title">
      <header>
        <h2 id="connect-title">Connect another</h2>
      </header>
      <fieldset className="seg picker">
        <legend className="sr">How</legend>
        {ways.map((each) => (
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
      {way === 'caldav' && <ConnectDav {...props} />}
      {way === 'feed' && <ConnectFeed {...props} />}
      {(way === 'google' || way === 'outlook') && <ConnectAccount kind={way} name={NAMES[way]} {...props} />}
    </section>
  );
}

/** Leads to the provider, which leads back. */
function ConnectAccount({
  kind,
  name,
  refusal,
  busy,
  act,
}: ConnectProps & { kind: AccountKind; name: string }) {
  async function begin() {
    const answer = await act<{ url: string }>(`account/${kind}`, {}, '');
    if (answer !== null) window.location.assign(answer.url);
  }
  return (
    <p className="set-note">
      <button type="button" className="btn btn-32 btn-primary" disabled={busy} onClick={() => void begin()}>
        Connect {name}
      </button>
      {refusal && (
        <span className="form-fault" role="alert">
          {refusal.message}
        </span>
      )}
    </p>
  );
}
