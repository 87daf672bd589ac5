'use client';

import { Copy } from 'lucide-react';
import { useState } from 'react';
import type { Refusal } from '@/lib/domain/errors';
import type { TeamView } from '@/lib/protocol';

/** Makes a link for a new colleague; how it reaches them is up to you. */
export function InviteForm({ teams }: { teams: readonly TeamView[] }) {
  const [link, setLink] = useState<string | null>(null);
  const [refusal, setRefusal] = useState<Refusal | null>(null);

  async function submit(form: FormData) {
    setRefusal(null);
    setLink(null);
    const response = await fetch('/api/invitations', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        email: form.get('email'),
        role: form.get('role'),
        teamIds: form.getAll('team'),
      }),
    });
    const answer: { data?: { url: string }; error?: Refusal } = await response.json();
    if (answer.data) setLink(answer.data.url);
    else setRefusal(answer.error ?? null);
  }

  return (
    <section className="report-block" aria-label="Invite">
      <form
        className="invite"
        onSubmit={(event) => {
          event.preventDefault();
          void submit(new FormData(event.currentTarget));
        }}
      >
        <label className="stack-label grow">
          E-mail
          <input className="input" name="email" type="email" required placeholder="colleague@example.com" />
        </label>
        <label className="stack-label">
          Role
          <select className="input" name="role" defaultValue="agent">
            <option value="agent">Agent</option>
            <option value="supervisor">Supervisor</option>
            <option value="admin">Admin</option>
          </select>
        </label>
        <fieldset className="teams-choice">
          <legend>Teams</legend>
          {teams.map((team) => (
            <label key={team.id}>
              <input type="checkbox" name="team" value={team.id} defaultChecked />
              {team.name}
            </label>
          ))}
        </fieldset>
        <button type="submit" className="btn btn-primary btn-32">
          Make the link
        </button>
      </form>
      <div role="status">
        {refusal && <p className="form-fault">{refusal.message}</p>}
        {link && (
          <p className="invite-link">
            <code className="clip">{link}</code>
            <button type="button" className="btn" onClick={() => void navigator.clipboard.writeText(link)}>
              <Copy className="i i-14" aria-hidden="true" />
              Copy
            </button>
          </p>
        )}
      </div>
    </section>
  );
}
