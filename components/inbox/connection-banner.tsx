'use client';

import { CloudOff } from 'lucide-react';
import { useDesk, useDeskClient } from '@/lib/client/hooks/use-desk';
import { useNow } from '@/lib/client/hooks/use-now';
import { signInPath } from '@/lib/domain/desk-path';

/** Says that the desk is cut off, what is kept meanwhile, and when it tries again. */
export function ConnectionBanner() {
  const client = useDeskClient();
  const state = useDesk((desk) => desk.connection);
  const known = useDesk((desk) => desk.desk !== null);
  const kept = useDesk((desk) =>
    Object.values(desk.outbox)
      .flat()
      .reduce((sum, item) => sum + (item.status === 'waiting' ? 1 : 0), 0),
  );
  const now = useNow();
  if (state.kind === 'online' || state.kind === 'closed' || (state.kind === 'connecting' && !known))
    return null;
  if (state.kind === 'refused') {
    return (
      <div className="banner" role="status">
        <CloudOff className="i" aria-hidden="true" />
        <span className="grow">Your session has ended. What you wrote is kept.</span>
        <a className="btn" href={signInPath(window.location.pathname)}>
          Sign in
        </a>
      </div>
    );
  }
  const seconds = state.kind === 'waiting' ? Math.max(0, Math.ceil((state.retryAt - now) / 1000)) : 0;
  return (
    <div className="banner">
      <CloudOff className="i" aria-hidden="true" />
      <span className="grow">
        <span role="status">No connection.{kept > 0 && ` ${kept} kept, sent by itself.`}</span>{' '}
        <span className="dim">{seconds > 0 ? `Trying again in ${seconds} s.` : 'Trying now.'}</span>
      </span>
      <button type="button" className="btn" onClick={() => client.retryNow()}>
        Try now
      </button>
    </div>
  );
}
