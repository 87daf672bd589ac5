'use client';

import { useEffect, useRef } from 'react';
import { useToast } from '@/components/ui/toasts';
import { CHANNEL_WORDS } from '@/components/ui/words';
import { useDesk } from '@/lib/client/hooks/use-desk';
import type { InboxPlace } from '@/lib/client/hooks/use-inbox-place';
import type { CallbackNotice } from '@/lib/protocol';

/** Tells an agent that a call of theirs is near, and when it is time. */
export function useCallNotices({ go }: InboxPlace): void {
  const notice = useDesk((state) => state.callNear);
  const toast = useToast();
  const told = useRef<CallbackNotice | null>(null);
  useEffect(() => {
    if (notice === null || told.current === notice) return;
    told.current = notice;
    const { conversationId, step, channel, startAt } = notice;
    const time = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' }).format(startAt);
    const words =
      step === 'due'
        ? `It is time for your call ${CHANNEL_WORDS[channel]}.`
        : `You have a call ${CHANNEL_WORDS[channel]} at ${time}.`;
    const view = step === 'due' ? 'mine' : 'resolved';
    toast(words, { label: 'Open', run: () => go(view, conversationId) });
  }, [notice, toast, go]);
}
