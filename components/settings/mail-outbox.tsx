'use client';

import { Mail } from 'lucide-react';
import Link from 'next/link';
import { useCallback, useEffect, useState } from 'react';
import { useToast } from '@/components/ui/toasts';
import type { Refusal } from '@/lib/domain/errors';
import {
  MAIL_COUNT_CAP,
  MAIL_STATES,
  type MailEntry,
  type MailPage,
  type MailState,
} from '@/lib/domain/mail';
import { postSetting, readSetting } from './call';
import { MailPreview } from './mail-preview';

const ENDPOINT = '/api/mail';
/** How often the list is read again, while something is about to leave and while nothing is. */
const LIVELY_MS = 2_000;
const CALM_MS = 15_000;

const NAMES: Readonly<Record<MailState, string>> = {
  waiting: 'Waiting',
  sent: 'Sent',
  failed: 'Failed',
  discarded: 'Discarded',
};
const EMPTY: Readonly<Record<MailState, string>> = {
  waiting: 'Nothing waits. What is to be sent stands here until the server has taken it.',
  sent: 'Nothing was sent yet.',
  failed: 'Nothing has failed. What the server refuses for good, or does not take for a day, stands here.',
  discarded: 'Nothing was discarded.',
};
const KINDS: Readonly<Record<MailEntry['kind'], string>> = {
  reply: 'Answer',
  callback: 'Call',
  agent: 'To an agent',
  test: 'Test',
};
const WHEN = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'short',
  hour: '2-digit',
  minute: '2-digit',
});

/** The way out for e-mail, what waits for it, and what became of the rest. */
export function MailOutbox({ initial }: { initial: MailPage }) {
  const toast = useToast();
  const [state, setState] = useState<MailState>('waiting');
  const [page, setPage] = useState(initial);
  const [older, setOlder] = useState<MailPage['next']>(null);
  const [shown, setShown] = useState<MailEntry | null>(null);
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const [busy, setBusy] = useState(false);

  const refresh = useCallback(async () => {
    const query = new URLSearchParams({ state, ...(older ? { at: String(older.at), id: older.id } : {}) });
    const answer = await readSetting<MailPage>(`${ENDPOINT}?${query}`);
    if (answer.data) setPage(answer.data);
    else setRefusal(answer.error);
  }, [state, older]);
  const lively = page.server !== null && page.counts.waiting > 0;
  useEffect(() => {
    void refresh();
    const again = setInterval(
      () => {
        if (document.visibilityState === 'visible') void refresh();
      },
      lively ? LIVELY_MS : CALM_MS,
    );
    return () => clearInterval(again);
  }, [refresh, lively]);

  async function act(verb: 'test' | 'retry' | 'discard', input: object, done: string) {
    setBusy(true);
    setRefusal(null);
    const answer = await postSetting(`${ENDPOINT}/${verb}`, JSON.stringify(input));
    if (answer.error) setRefusal(answer.error);
    else toast(done);
    await refresh();
    setBusy(false);
  }
  function show(next: MailState) {
    setState(next);
    setOlder(null);
    setPage((before) => ({ ...before, mails: [], next: null }));
  }

  return (
    <div className="scroll" tabIndex={-1}>
      <div className="set-body set-wide">
        <h1 className="title">E-mail</h1>
        <Connection server={page.server} waiting={page.counts.waiting}>
          <button
            type="button"
            className="btn btn-32"
            disabled={busy}
            onClick={() =>
              void act(
                'test',
                {},
                page.server ? `On its way to ${page.ownAddress}.` : 'It waits with the others.',
              )
            }
          >
            <Mail className="i i-14" aria-hidden="true" />
            Send a test e-mail to me
          </button>
        </Connection>
        <section className="set-sec" aria-labelledby="outbox-title">
          <header>
            <h2 id="outbox-title">Outbox</h2>
            <span className="sub">Sent and failed e-mails are forgotten after thirty days</span>
          </header>
          <fieldset className="seg picker">
            <legend className="sr">State</legend>
            {MAIL_STATES.map((each) => (
              <label key={each}>
                <input
                  type="radio"
                  name="mail-state"
                  className="sr"
                  checked={each === state}
                  onChange={() => show(each)}
                />
                {NAMES[each]} {countText(page.counts[each])}
              </label>
            ))}
          </fieldset>
          {refusal && (
            <p className="form-fault" role="alert">
              {refusal.message}
            </p>
          )}
          {page.mails.length === 0 ? (
            <p className="sub set-note">{EMPTY[state]}</p>
          ) : (
            <div className="table-in set-note" tabIndex={-1}>
              <table className="table mails">
                <thead>
                  <tr>
                    <th>To</th>
                    <th>Subject</th>
                    <th>Written</th>
                    <th className="end">Tries</th>
                    <th>{state === 'sent' ? 'Sent' : 'What happened'}</th>
                    <th>
                      <span className="sr">Actions</span>
                    </th>
                  </tr>
                </thead>
                <tbody>
                  {page.mails.map((mail) => (
                    <tr key={mail.id}>
                      <td className="clip-cell">{mail.recipient}</td>
                      <td className="clip-cell">
                        <button type="button" className="as-link" onClick={() => setShown(mail)}>
                          {mail.subject}
                        </button>
                        <small className="t3">
                          {mail.conversationId ? (
                            <Link href={`/inbox/mine/${mail.conversationId}`}>{KINDS[mail.kind]}</Link>
                          ) : (
                            KINDS[mail.kind]
                          )}
                        </small>
                      </td>
                      <td className="n">{WHEN.format(mail.createdAt)}</td>
                      <td className="end n">{mail.attempts}</td>
                      <td className="wrap t2">{statusText(mail, page)}</td>
                      <td>
                        {(mail.state === 'waiting' || mail.state === 'failed') && (
                          <span className="row-tools">
                            {(page.server !== null || mail.state === 'failed') && (
                              <button
                                type="button"
                                className="btn"
                                disabled={busy || mail.isBeingSent}
                                aria-label={`Try now: ${mail.subject} to ${mail.recipient}`}
                                onClick={() => void act('retry', { mailId: mail.id }, 'It is tried now.')}
                              >
                                Try now
                              </button>
                            )}
                            <button
                              type="button"
                              className="btn btn-ghost"
                              disabled={busy || mail.isBeingSent}
                              aria-label={`Discard: ${mail.subject} to ${mail.recipient}`}
                              onClick={() => void act('discard', { mailId: mail.id }, 'It will not be sent.')}
                            >
                              Discard
                            </button>
                          </span>
                        )}
                      </td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </div>
          )}
          <p className="pager">
            {older && (
              <button type="button" className="btn" onClick={() => setOlder(null)}>
                Newest
              </button>
            )}
            {page.next && (
              <button type="button" className="btn" onClick={() => setOlder(page.next)}>
                Older
              </button>
            )}
          </p>
        </section>
      </div>
      {shown && <MailPreview mail={shown} onClose={() => setShown(null)} />}
    </div>
  );
}

/** What is configured, and what the server itself says of it just now. */
function Connection({
  server,
  waiting,
  children,
}: {
  server: MailPage['server'];
  waiting: number;
  children: React.ReactNode;
}) {
  const [trouble, setTrouble] = useState<string | null | undefined>(undefined);
  const configured = server !== null;
  const check = useCallback(async () => {
    setTrouble(undefined);
    const answer = await readSetting<{ trouble: string | null }>(`${ENDPOINT}/connection`);
    setTrouble(answer.data ? answer.data.trouble : answer.error.message);
  }, []);
  useEffect(() => {
    if (configured) void check();
  }, [configured, check]);

  const kind = !configured ? 'none' : trouble === undefined ? 'asking' : trouble === null ? 'good' : 'bad';
  return (
    <section className="set-sec" aria-labelledby="connection-title">
      <header>
        <h2 id="connection-title">Connection</h2>
      </header>
      <div className="connection" data-state={kind}>
        <div className="grow" role="status">
          <b>{titleOf(kind)}</b>
          <p className="t3">
            {server === null ? (
              <>
                {waitText(waiting)} until the operator sets <code>SMTP_URL</code> and <code>MAIL_FROM</code>.
              </>
            ) : (
              <>
                <span className="n">
                  {server.host}:{server.port}
                </span>
                , from {server.from}
              </>
            )}
          </p>
          {kind === 'bad' && <p className="form-fault">{trouble}</p>}
        </div>
        {configured && (
          <button
            type="button"
            className="btn btn-32 btn-ghost"
            disabled={kind === 'asking'}
            onClick={() => void check()}
          >
            Check again
          </button>
        )}
        {children}
      </div>
    </section>
  );
}

function waitText(waiting: number): string {
  if (waiting === 0) return 'E-mails will wait';
  return waiting === 1 ? 'One e-mail waits' : `${countText(waiting)} e-mails wait`;
}

function titleOf(kind: 'none' | 'asking' | 'good' | 'bad'): string {
  switch (kind) {
    case 'none':
      return 'Not connected yet';
    case 'asking':
      return 'Asking the server…';
    case 'good':
      return 'Connected';
    case 'bad':
      return 'The server does not take e-mails just now';
  }
}

function countText(count: number): string {
  return count >= MAIL_COUNT_CAP ? `${MAIL_COUNT_CAP - 1}+` : `${count}`;
}

function statusText(mail: MailEntry, { server, now }: MailPage): string {
  if (mail.state === 'sent') return WHEN.format(mail.sentAt ?? mail.createdAt);
  if (mail.state === 'discarded') return mail.lastError ?? 'Discarded by an admin';
  if (mail.state === 'failed') return mail.lastError ?? '';
  if (mail.isBeingSent) return 'Being sent';
  if (server === null) return 'Waits for a server';
  const next = mail.dueAt <= now ? 'Next in a moment' : `Next try ${WHEN.format(mail.dueAt)}`;
  return mail.lastError === null ? next : `${next}. ${mail.lastError}`;
}
