'use client';

import { Copy, X } from 'lucide-react';
import { useState } from 'react';
import type { Refusal } from '@/lib/domain/errors';
import type { FirstSteps } from '@/lib/domain/first-steps';

/** The line of HTML, and the sites on which it works. */
export function PlaceWidget({
  widget,
  onChanged,
}: {
  widget: NonNullable<FirstSteps['widget']>;
  onChanged: () => Promise<void>;
}) {
  const [copied, setCopied] = useState(false);
  const [fault, setFault] = useState('');

  async function allow(site: string, allowed: boolean): Promise<boolean> {
    setFault('');
    const response = await fetch('/api/widget-sites', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ site, allowed }),
    }).catch(() => null);
    const answer: { error?: Refusal } = response
      ? await response.json()
      : { error: { code: 'unavailable', message: 'That did not reach the server. Try again.' } };
    if (answer.error) setFault(answer.error.message);
    else await onChanged();
    return answer.error === undefined;
  }

  async function submit(form: HTMLFormElement) {
    const written = () => String(new FormData(form).get('site') ?? '');
    const site = written();
    if ((await allow(site, true)) && written() === site) form.reset();
  }

  return (
    <div className="place-widget">
      <div className="snippet">
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard */}
        <code tabIndex={0}>{widget.snippet}</code>
        <button
          type="button"
          className="btn"
          onClick={() =>
            void navigator.clipboard.writeText(widget.snippet).then(
              () => setCopied(true),
              () => setFault('The browser does not let us copy. Select the line instead.'),
            )
          }
        >
          <Copy className="i i-14" aria-hidden="true" />
          {copied ? 'Copied' : 'Copy'}
        </button>
      </div>
      <form
        className="site-form"
        onSubmit={(event) => {
          event.preventDefault();
          void submit(event.currentTarget);
        }}
      >
        <label className="stack-label grow">
          Site that may show it
          <input className="input" name="site" required maxLength={300} placeholder="https://shop.example" />
        </label>
        <button type="submit" className="btn btn-32">
          Allow
        </button>
      </form>
      {widget.sites.length > 0 && (
        <ul className="sites" aria-label="Allowed sites">
          {widget.sites.map((site) => (
            <li key={site} className="tag">
              <span className="clip">{site}</span>
              <button type="button" aria-label={`Remove ${site}`} onClick={() => void allow(site, false)}>
                <X className="i i-12" aria-hidden="true" />
              </button>
            </li>
          ))}
        </ul>
      )}
      <p className="form-fault" role="status">
        {fault}
      </p>
    </div>
  );
}
