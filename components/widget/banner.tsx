import { useEffect, useState } from 'react';
import { Icon } from './icon';
import { useVisitor, useWidget } from './use-widget';

const GRACE_MS = 1200;

/** Says that the connection is gone, once it has been gone for a moment, or that a press did not go through. */
export function Banner() {
  const { say, visitor } = useWidget();
  const connection = useVisitor((state) => state.connection);
  const refusal = useVisitor((state) => state.refusal);
  const away = connection.kind === 'waiting' || connection.kind === 'connecting';
  const long = useLongerThan(GRACE_MS, away);
  const seconds = useSecondsUntil(connection.kind === 'waiting' ? connection.retryAt : null);

  if (connection.kind === 'refused') {
    return (
      <div className="ban" role="status">
        <Icon name="alert" />
        <span>
          <b>{say('refused')}</b>
          {say('refusedHint')}
        </span>
        <button type="button" onClick={visitor.reconnect}>
          {say('tryNow')}
        </button>
      </div>
    );
  }
  if (away && long) {
    return (
      <div className="ban">
        <Icon name="off" />
        <span>
          <b>{say('noConnection')}</b>
          {seconds > 0 ? say('tryingIn', { seconds }) : say('tryingNow')}
        </span>
        <button type="button" onClick={visitor.reconnect}>
          {say('tryNow')}
        </button>
      </div>
    );
  }
  // What is wrong with an address or a time stands where it was given.
  if (
    refusal === null ||
    refusal.request === 'book' ||
    (refusal.request === 'followUp' && refusal.error.code === 'invalid')
  )
    return null;
  return (
    <div className="ban" role="status">
      <Icon name="alert" />
      <span>
        <b>{say('didNotWork')}</b>
        {refusal.error.message}
      </span>
      {refusal.request === 'request' && (
        <button type="button" onClick={visitor.requestPerson}>
          {say('tryAgain')}
        </button>
      )}
    </div>
  );
}

export function useLongerThan(ms: number, on: boolean): boolean {
  const [long, setLong] = useState(false);
  useEffect(() => {
    if (!on) return setLong(false);
    const timer = setTimeout(() => setLong(true), ms);
    return () => clearTimeout(timer);
  }, [ms, on]);
  return long;
}

function useSecondsUntil(at: number | null): number {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    if (at === null) return;
    setNow(Date.now());
    const timer = setInterval(() => setNow(Date.now()), 1000);
    return () => clearInterval(timer);
  }, [at]);
  return at === null ? 0 : Math.max(0, Math.ceil((at - now) / 1000));
}
