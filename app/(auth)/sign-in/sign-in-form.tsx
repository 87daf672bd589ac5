'use client';

import { useState } from 'react';
import { Logo } from '@/components/ui/logo';
import { signInWithPassword } from '@/lib/auth/client';

/** `to`: a path of the desk, where whoever signed in stands afterwards. */
export function SignInForm({ to }: { to: string }) {
  const [fault, setFault] = useState('');
  const [busy, setBusy] = useState(false);
  return (
    <form
      className="auth-card"
      onSubmit={async (event) => {
        event.preventDefault();
        const form = new FormData(event.currentTarget);
        setBusy(true);
        setFault('');
        const ok = await signInWithPassword(String(form.get('email')), String(form.get('password')));
        if (ok) window.location.assign(to);
        else {
          setBusy(false);
          setFault(
            'That address and password do not fit. After several tries an account rests for a quarter of an hour.',
          );
        }
      }}
    >
      <Logo size={28} />
      <h1>Sign in</h1>
      <p>To the desk where people take over from the bot.</p>
      <div className="stack">
        <label className="stack-label">
          E-mail
          <input className="input" name="email" type="email" autoComplete="username" required />
        </label>
        <label className="stack-label">
          Password
          <input className="input" name="password" type="password" autoComplete="current-password" required />
        </label>
        {fault && (
          <span className="form-fault" role="alert">
            {fault}
          </span>
        )}
        <button type="submit" className="btn btn-primary btn-36" disabled={busy}>
          {busy ? 'Signing in…' : 'Sign in'}
        </button>
      </div>
    </form>
  );
}
