'use client';

import { useEffect, useRef } from 'react';
import { useToast } from '@/components/ui/toasts';
import { SLA_METRIC_WORDS } from '@/components/ui/words';
import { useDesk } from '@/lib/client/hooks/use-desk';
import type { InboxPlace } from '@/lib/client/hooks/use-inbox-place';
import type { BreachNotice } from '@/lib/protocol';

/** Tells those who watch over the desk of each breach as it happens, with the way to it. */
export function useBreachNotices({ view, go }: InboxPlace): void {
  const breach = useDesk((state) => state.breach);
  const toast = useToast();
  const told = useRef<BreachNotice | null>(null);
  useEffect(() => {
    if (breach === null || told.current === breach) return;
    told.current = breach;
    const { conversationId, metric, priority } = breach;
    toast(`Breached: ${SLA_METRIC_WORDS[metric]} of a P${priority}.`, {
      label: 'Open',
      run: () => go(view, conversationId),
    });
  }, [breach, toast, go, view]);
}
