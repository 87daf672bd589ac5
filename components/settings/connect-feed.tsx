'use client';

import { type FormEvent, useRef } from 'react';
import type { ConnectProps } from './connect-calendar';
import { Labelled } from './labelled';

/** A calendar by the address that it publishes. */
export function ConnectFeed({ refusal, busy, act }: ConnectProps) {
  const form = useRef<HTMLFormElement>(null);
  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const fields = new FormData(event.currentTarget);
    const name = `${fields.get('name')}`;
    const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
    const done = await act('feed', { name, url: `${fields.get('url')}`, timeZone }, `${name} is connected.`);
    if (done !== null) form.current?.reset();
  }
  const isOther = refusal !== null && refusal.fields === undefined;
  return (
    <form ref={form} className="know-form calendar-form" onSubmit={(event) => void submit(event)}>
      <Labelled name="Name" fault={refusal?.fields?.name}>
        <input className="input" name="name" required maxLength={60} placeholder="My own" />
      </Labelled>
      <Labelled
        name="Address"
        hint="Most calendars have one that ends in .ics, under sharing or publishing. Treat it as a password: it is kept sealed."
        fault={refusal?.fields?.url}
      >
        <input
          className="input"
          name="url"
          required
          inputMode="url"
          autoComplete="off"
          placeholder="https://calendar.example/private-8f2c/maya.ics"
          aria-invalid={refusal?.fields?.url !== undefined}
        />
      </Labelled>
      {isOther && (
        <p className="form-fault" role="alert">
          {refusal.message}
        </p>
      )}
      <button type="submit" className="btn btn-32 btn-primary" disabled={busy}>
        Connect
      </button>
    </form>
  );
}
