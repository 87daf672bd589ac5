'use client';

import { useState } from 'react';
import { Logo } from '@/components/ui/logo';
import { signInWithPassword } from '@/lib/auth/client';
import type { Refusal } from '@/lib/domain/errors';
import { MIN_PASSWORD_LENGTH } from '@/lib/domain/password-rule';

interface Props {
  token: string;
  invitation: { purpose: 'setup' | 'invite'; email: string | null; role: string };
}

/** The first admin's set-up and every invitation: name, address, password, and straight to the desk. */
export function JoinForm({ token, invitation }: Props) {
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const [busy, setBusy] = useState(false);
  const first = invitation.purpose === 'setup';

  async function submit(form: FormData) {
    const [name, email, password] = ['name', 'email', 'password'].map((field) =>
      String(form.get(field) ?? ''),
    );
    setBusy(true);
    setRefusal(null);
    const response = await fetch('/api/join', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ token, name, email, password }),
    });
    if (response.ok) {
      const signedIn = await signInWithPassword(email ?? '', password ?? '');
      window.location.assign(signedIn ? '/inbox/pending' : '/sign-in');
      return;
    }
    const answer: { error: Refusal } = await response.json();
    setRefusal(answer.error);
    setBusy(false);
  }

  const fault = (field: string) =>
    refusal?.fields?.[field] && <span className="field-fault">{refusal.fields[field]}</span>;
  return (
    <form
      className="auth-card"
      onSubmit={(event) => {
        event.preventDefault();
        void submit(new FormData(event.currentTarget));
      }}
    >
      <Logo size={28} />
      <h1>{first ? 'Welcome to Baton' : 'Join the desk'}</h1>
      <p>
        {first ? 'Make the first admin. This link works once.' : `You were invited as ${invitation.role}.`}
      </p>
      <div className="stack">
        <label className="stack-label">
          Name
          <input className="input" name="name" autoComplete="name" required maxLength={120} />
          <span className="field-hint">Customers see it when you take over.</span>
          {fault('name')}
        </label>
        <label className="stack-label">
          E-mail
          <input
            className="input"
            name="email"
            type="email"
            autoComplete="username"
            required
            defaultValue={invitation.email ?? ''}
            readOnly={invitation.email !== null}
          />
          {fault('email')}
        </label>
        <label className="stack-label">
          Password
          <input className="input" name="password" type="password" autoComplete="new-password" required />
          {fault('password') || (
            <span className="field-hint">
              At least {MIN_PASSWORD_LENGTH} characters. Length is all that counts.
            </span>
          )}
        </label>
        {refusal && !refusal.fields && (
          <span className="form-fault" role="alert">
            {refusal.message}
          </span>
        )}
        <button type="submit" className="btn btn-primary btn-36" disabled={busy}>
          {busy ? 'One moment…' : first ? 'Make the admin and open the desk' : 'Join'}
        </button>
      </div>
    </form>
  );
}
