'use client';

import { useEffect, useRef } from 'react';
import { useToast } from '@/components/ui/toasts';
import { useDesk } from '@/lib/client/hooks/use-desk';
import type { InboxPlace } from '@/lib/client/hooks/use-inbox-place';
import type { RuleNotice } from '@/lib/protocol';

/** Tells a team of a talk for which a rule of the desk holds, with the way to it. */
export function useRuleNotices({ go }: InboxPlace): void {
  const notice = useDesk((state) => state.ruleHeld);
  const toast = useToast();
  const told = useRef<RuleNotice | null>(null);
  useEffect(() => {
    if (notice === null || told.current === notice) return;
    told.current = notice;
    const { conversationId, rule, state } = notice;
    toast(`A talk your team may want to see: “${rule}”.`, {
      label: 'Open',
      run: () => go(state === 'bot' ? 'live' : 'pending', conversationId),
    });
  }, [notice, toast, go]);
}
