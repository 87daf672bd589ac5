'use client';

import { useEffect, useState } from 'react';
import type { AgentStatus } from '@/lib/domain/presence';
import type { OwnPresence } from '@/lib/protocol';
import type { DeskClient } from '../desk/desk-store';

interface PagePresence {
  presence: OwnPresence;
  /** Server time minus ours, in ms; null until it is known. */
  clockOffset: number | null;
  isOnline: boolean;
}

/**
 * The desk's connection on a page that shows no conversation, so that whoever reads a report is not taken for gone, and
 * hears what rings at them. It is loaded after the page is there.
 */
export function usePagePresence(
  initial: OwnPresence,
  onRefused: (message: string) => void,
): PagePresence & { client: DeskClient | null; setStatus: (status: AgentStatus) => void } {
  const [held, setHeld] = useState<PagePresence>({ presence: initial, clockOffset: null, isOnline: false });
  const [client, setClient] = useState<DeskClient | null>(null);
  useEffect(() => {
    let left = false;
    let stop = () => {};
    void Promise.all([import('../desk/desk-store'), import('../desk/watch-activity')]).then(
      ([{ openDesk }, { watchActivity }]) => {
        if (left) return;
        const opened = openDesk();
        setClient(opened);
        const unwatch = watchActivity(opened);
        const unsubscribe = opened.store.subscribe(({ presence, clockOffset, connection }) => {
          if (presence) setHeld({ presence, clockOffset, isOnline: connection.kind === 'online' });
        });
        stop = () => {
          unwatch();
          unsubscribe();
          opened.close();
          setClient(null);
        };
      },
    );
    return () => {
      left = true;
      stop();
    };
  }, []);
  return {
    ...held,
    client,
    setStatus: (status) =>
      void client?.setStatus(status).then((refusal) => refusal && onRefused(refusal.message)),
  };
}
