'use client';

import { useEffect, useRef, useState } from 'react';
import type { AgentStatus } from '@/lib/domain/presence';
import type { OwnPresence } from '@/lib/protocol';
import type { DeskClient } from '../desk/desk-store';

interface PagePresence {
  presence: OwnPresence;
  /** Server time minus ours, in ms; null until it is known. */
  clockOffset: number | null;
}

/**
 * The desk's connection on a page that shows no conversation, so that whoever reads a report is not taken for gone. It is
 * loaded after the page is there.
 */
export function usePagePresence(
  initial: OwnPresence,
  onRefused: (message: string) => void,
): PagePresence & { setStatus: (status: AgentStatus) => void } {
  const [held, setHeld] = useState<PagePresence>({ presence: initial, clockOffset: null });
  const client = useRef<DeskClient | null>(null);
  useEffect(() => {
    let left = false;
    let stop = () => {};
    void Promise.all([import('../desk/desk-store'), import('../desk/watch-activity')]).then(
      ([{ openDesk }, { watchActivity }]) => {
        if (left) return;
        const opened = openDesk();
        client.current = opened;
        const unwatch = watchActivity(opened);
        const unsubscribe = opened.store.subscribe(({ presence, clockOffset }) => {
          if (presence) setHeld({ presence, clockOffset });
        });
        stop = () => {
          unwatch();
          unsubscribe();
          opened.close();
          client.current = null;
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
    setStatus: (status) =>
      void client.current?.setStatus(status).then((refusal) => refusal && onRefused(refusal.message)),
  };
}
