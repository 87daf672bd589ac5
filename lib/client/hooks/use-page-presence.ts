'use client';

import { useEffect, useRef, useState } from 'react';
import type { AgentStatus } from '@/lib/domain/presence';
import type { OwnPresence } from '@/lib/protocol';
import type { DeskClient } from '../desk/desk-store';

/**
 * The desk's connection on a page that shows no conversation, so that whoever reads a report is not taken for gone. It is
 * loaded after the page is there.
 */
export function usePagePresence(
  initial: OwnPresence,
  onRefused: (message: string) => void,
): { presence: OwnPresence; setStatus: (status: AgentStatus) => void } {
  const [presence, setPresence] = useState(initial);
  const client = useRef<DeskClient | null>(null);
  useEffect(() => {
    let left = false;
    let stop = () => {};
    void import('../desk/desk-store').then(({ openDesk }) => {
      if (left) return;
      const opened = openDesk();
      client.current = opened;
      const unsubscribe = opened.store.subscribe((state) => {
        if (state.presence) setPresence(state.presence);
      });
      stop = () => {
        unsubscribe();
        opened.close();
        client.current = null;
      };
    });
    return () => {
      left = true;
      stop();
    };
  }, []);
  return {
    presence,
    setStatus: (status) =>
      void client.current?.setStatus(status).then((refusal) => refusal && onRefused(refusal.message)),
  };
}
