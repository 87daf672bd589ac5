'use client';

import Link from 'next/link';
import { type FormEvent, useId, useState } from 'react';
import { REASON_WORDS } from '@/components/ui/words';
import type { Refusal } from '@/lib/domain/errors';
import type { Reason } from '@/lib/domain/handoff';
import { postSetting } from './call';

interface Tried {
  confidence: number | null;
  articles: { id: string; title: string; score: number }[];
  threshold: number;
  reply: string;
  offer: Reason | null;
  learning: boolean;
}

/** A question to the live bot, and what it makes of it. */
export function TryQuestion({ version }: { version: number }) {
  const field = useId();
  const [question, setQuestion] = useState('');
  const [tried, setTried] = useState<(Tried & { version: number }) | null>(null);
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const [busy, setBusy] = useState(false);

  async function ask(event: FormEvent) {
    event.preventDefault();
    if (question.trim() === '' || busy) return;
    setBusy(true);
    const answer = await postSetting<Tried>('/api/knowledge/try', JSON.stringify({ question }));
    setRefusal(answer.error ?? null);
    if (answer.data) setTried({ ...answer.data, version });
    setBusy(false);
  }

  return (
    <section className="try" aria-labelledby={`${field}-title`}>
      <h2 id={`${field}-title`}>Try it</h2>
      <form onSubmit={ask}>
        <label className="sr" htmlFor={field}>
          A customer's question
        </label>
        <input
          id={field}
          className="input"
          value={question}
          maxLength={1000}
          placeholder="Ask as a customer would"
          autoComplete="off"
          onChange={(event) => setQuestion(event.target.value)}
        />
        <button type="submit" className="btn btn-32" disabled={busy || question.trim() === ''}>
          Ask
        </button>
      </form>
      <div role="status">
        {refusal !== null && <p className="form-fault">{refusal.message}</p>}
        {tried !== null && <TriedAnswer tried={tried} isOld={tried.version !== version} />}
      </div>
      {tried === null && refusal === null && (
        <p className="t3">
          The live bot answers, as it would with a customer's first words. Nothing is kept.
        </p>
      )}
    </section>
  );
}

function TriedAnswer({ tried, isOld }: { tried: Tried; isOld: boolean }) {
  const { confidence, threshold, articles, reply, offer, learning } = tried;
  const best = articles[0]?.score ?? 0;
  return (
    <>
      {(learning || isOld) && (
        <p className="t3">
          {learning
            ? 'Still learning what was saved last: ask again in a moment.'
            : 'Asked before the last save.'}
        </p>
      )}
      <p className="try-told">
        <b className="n">{confidence === null ? '—' : confidence.toFixed(2)}</b>{' '}
        {confidence === null
          ? 'not measured: it asks nothing of the articles'
          : `confidence, ${confidence < threshold ? 'below' : 'at or over'} the threshold of ${threshold.toFixed(2)}`}
      </p>
      {articles.length > 0 && (
        <ol className="try-found" aria-label="Best articles">
          {articles.map(({ id, title, score }) => (
            <li key={id}>
              <Link href={`/settings/knowledge/${id}`}>{title}</Link>
              <span className="try-bar" aria-hidden="true">
                <i style={{ inlineSize: `${best > 0 ? Math.round((100 * score) / best) : 0}%` }} />
              </span>
            </li>
          ))}
        </ol>
      )}
      <p className="try-said">{reply}</p>
      {offer !== null && <p className="t3">A person is offered: {REASON_WORDS[offer].toLowerCase()}.</p>}
    </>
  );
}
