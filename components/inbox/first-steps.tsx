'use client';

import { Check, Circle, X } from 'lucide-react';
import Link from 'next/link';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { useToast } from '@/components/ui/toasts';
import { useFirstSteps } from '@/lib/client/hooks/use-first-steps';
import type { FirstStep, FirstSteps as Steps } from '@/lib/domain/first-steps';
import { PlaceWidget } from './place-widget';

const WORDS: Readonly<Record<FirstStep, { title: string; hint: string }>> = {
  chat: { title: 'Send yourself a test chat', hint: 'As a customer of the demo shop.' },
  claim: {
    title: 'Ask for a person there, and claim it here',
    hint: 'Press “Connect now” in the chat, then Claim on its row.',
  },
  site: { title: 'Put the widget on a page', hint: 'One line of HTML, on a site that you allow.' },
  invite: { title: 'Invite a teammate', hint: 'A link, good for a week and for one use.' },
};

/** The way from an empty desk to a working one. Nothing here is ticked by hand. `calm` stands in for it when put away. */
export function FirstSteps({ calm }: { calm: ReactNode }) {
  const { steps, reload } = useFirstSteps();
  const toast = useToast();
  if (steps === null) return null;
  if (steps === 'failed' || steps.dismissed) return calm;

  async function dismiss() {
    const response = await fetch('/api/first-steps', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ dismissed: true }),
    }).catch(() => null);
    if (!response?.ok) return toast('That did not reach the server. Try again.');
    await reload();
    document.querySelector<HTMLElement>('.queue h1')?.focus();
    toast('Put away. The menu under your name shows the first steps again.');
  }

  return <Checklist steps={steps} onChanged={reload} onDismiss={() => void dismiss()} />;
}

function Checklist({
  steps: { steps, widget },
  onChanged,
  onDismiss,
}: {
  steps: Steps;
  onChanged: () => Promise<void>;
  onDismiss: () => void;
}) {
  const [placing, setPlacing] = useState(false);
  const done = steps.filter((step) => step.done).length;
  const look = (step: FirstStep) =>
    steps.some((each) => each.step === step && each.done) ? 'btn btn-ghost' : 'btn';
  const actions: Partial<Record<FirstStep, ReactNode>> = {
    chat: (
      <a className={look('chat')} href="/shop" target="_blank" rel="noopener">
        Open the shop<span className="sr"> in a new tab</span>
      </a>
    ),
    site: (
      <button
        type="button"
        className={look('site')}
        aria-expanded={placing}
        onClick={() => setPlacing(!placing)}
      >
        {placing ? 'Hide the line' : 'Show the line'}
      </button>
    ),
    invite: (
      <Link className={look('invite')} href="/people">
        Invite
      </Link>
    ),
  };
  return (
    <section className="first-steps" aria-labelledby="first-steps">
      <header className="first-steps-head">
        <h2 id="first-steps">{done === steps.length ? 'You are all set' : 'First steps'}</h2>
        <span className="n t3">
          {done} of {steps.length}
        </span>
        <span className="grow" />
        <button
          type="button"
          className="icon-btn"
          aria-label="Put the first steps away"
          title="Put away"
          onClick={onDismiss}
        >
          <X className="i" aria-hidden="true" />
        </button>
      </header>
      <ol>
        {steps.map(({ step, done }) => (
          <li key={step} className={done ? 'first-step done' : 'first-step'}>
            {done ? <Check className="i" aria-hidden="true" /> : <Circle className="i" aria-hidden="true" />}
            <span className="grow">
              <span className="first-step-title">
                {WORDS[step].title}
                {done && <span className="sr">: done</span>}
              </span>
              <small>
                {step === 'site' && widget?.seenOn ? `Seen on ${widget.seenOn}.` : WORDS[step].hint}
              </small>
            </span>
            {actions[step]}
            {step === 'site' && placing && widget && <PlaceWidget widget={widget} onChanged={onChanged} />}
          </li>
        ))}
      </ol>
      <Announcer steps={steps} />
    </section>
  );
}

/** Says a step that was just done, and nothing of those that were done before. */
function Announcer({ steps }: Pick<Steps, 'steps'>) {
  const known = useRef(steps);
  const [said, setSaid] = useState('');
  useEffect(() => {
    const fresh = steps.filter(
      ({ step, done }) => done && known.current.some((before) => before.step === step && !before.done),
    );
    known.current = steps;
    if (fresh.length > 0) setSaid(fresh.map(({ step }) => `Done: ${WORDS[step].title}.`).join(' '));
  }, [steps]);
  return (
    <p className="sr" role="status">
      {said}
    </p>
  );
}
