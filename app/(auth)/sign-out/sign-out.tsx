'use client';

import { useState } from 'react';
import { Logo } from '@/components/ui/logo';
import { signOutHere } from '@/lib/auth/client';

export function SignOut() {
  const [busy, setBusy] = useState(false);
  return (
    <div className="auth-card">
      <Logo size={28} />
      <h1>Sign out?</h1>
      <p>What is with you stays with you.</p>
      <div className="stack">
        <button
          type="button"
          className="btn btn-primary btn-36"
          disabled={busy}
          onClick={() => {
            setBusy(true);
            void signOutHere();
          }}
        >
          Sign out
        </button>
        <a className="btn btn-36" href="/inbox/pending">
          Stay
        </a>
      </div>
    </div>
  );
}
