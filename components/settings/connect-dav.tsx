'use client';

import { type FormEvent, useState } from 'react';
import type { ConnectProps } from './connect-calendar';
import { Labelled } from './labelled';

interface Found {
  account: { url: string; user: string; password: string };
  calendars: { url: string; name: string }[];
}

/** An account by CalDAV, and then one of its calendars. */
export function ConnectDav({ refusal, busy, act }: ConnectProps) {
  const [found, setFound] = useState<Found | null>(null);
  const [chosen, setChosen] = useState('');
  const fields = refusal?.fields;

  async function find(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const field = (name: string) => `${form.get(name)}`;
    const account = { url: field('url'), user: field('user'), password: field('password') };
    const answer = await act<Pick<Found, 'calendars'>>('dav/find', account, '');
    if (answer === null) return;
    setFound({ account, calendars: answer.calendars });
    setChosen(answer.calendars[0]?.url ?? '');
  }
  async function connect(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const calendar = found?.calendars.find(({ url }) => url === chosen);
    if (!found || !calendar) return;
    const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
    const { user, password } = found.account;
    const name = calendar.name.trim().slice(0, 60) || 'Calendar';
    const input = { url: calendar.url, user, password, name, timeZone };
    if ((await act('dav', input, `${name} is connected.`)) !== null) setFound(null);
  }

  if (found !== null) {
    return (
      <form className="know-form calendar-form" onSubmit={(event) => void connect(event)}>
        <fieldset className="options">
          <legend className="sr">Which calendar</legend>
          {found.calendars.map(({ url, name }) => (
            <label key={url}>
              <input type="radio" name="calendar" checked={url === chosen} onChange={() => setChosen(url)} />
              <span>{name}</span>
            </label>
          ))}
        </fieldset>
        {refusal && (
          <p className="form-fault" role="alert">
            {refusal.message}
          </p>
        )}
        <p className="row-tools">
          <button type="submit" className="btn btn-32 btn-primary" disabled={busy}>
            Connect
          </button>
          <button type="button" className="btn btn-32 btn-ghost" onClick={() => setFound(null)}>
            Another account
          </button>
        </p>
      </form>
    );
  }
  return (
    <form className="know-form calendar-form" onSubmit={(event) => void find(event)}>
      <Labelled name="Server" fault={fields?.url}>
        <input
          className="input"
          name="url"
          required
          inputMode="url"
          placeholder="https://caldav.example.com"
          aria-invalid={fields?.url !== undefined}
        />
      </Labelled>
      <Labelled name="User" fault={fields?.user}>
        <input className="input" name="user" required autoComplete="off" />
      </Labelled>
      <Labelled
        name="App password"
        hint="One that was made for this, where the account can make them. It is kept sealed."
        fault={fields?.password}
      >
        <input className="input" name="password" type="password" required autoComplete="off" />
      </Labelled>
      {refusal !== null && fields === undefined && (
        <p className="form-fault" role="alert">
          {refusal.message}
        </p>
      )}
      <button type="submit" className="btn btn-32 btn-primary" disabled={busy}>
        Find the calendars
      </button>
    </form>
  );
}
