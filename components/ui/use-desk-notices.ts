'use client';

import { useCallback, useEffect } from 'react';
import type { DeskClient, DeskState } from '@/lib/client/desk/desk-store';
import type { InboxPlace } from '@/lib/client/hooks/use-inbox-place';
import type { CallbackNotice, RuleNotice } from '@/lib/protocol';
import { useToast } from './toasts';
import { CHANNEL_WORDS } from './words';

type Client = Pick<DeskClient, 'store'> | null;

/** What an agent is told on whatever page of the desk: a call of theirs is near or due, a rule held that tells their team. */
export function useDeskNotices(client: Client, open: InboxPlace['go']): void {
  const toast = useToast();
  const tellCall = useCallback(
    (notice: CallbackNotice) => {
      const { conversationId, step } = notice;
      const view = step === 'due' ? 'mine' : 'resolved';
      toast(callText(notice), { label: 'Open', run: () => open(view, conversationId) });
    },
    [toast, open],
  );
  const tellRule = useCallback(
    ({ conversationId, rule, state }: RuleNotice) =>
      toast(`A talk your team may want to see: “${rule}”.`, {
        label: 'Open',
        run: () => open(state === 'bot' ? 'live' : 'pending', conversationId),
      }),
    [toast, open],
  );
  useNotice(client, callNear, tellCall);
  useNotice(client, ruleHeld, tellRule);
}

const callNear = (state: DeskState) => state.callNear;
const ruleHeld = (state: DeskState) => state.ruleHeld;

function useNotice<T>(client: Client, select: (state: DeskState) => T | null, tell: (notice: T) => void) {
  useEffect(
    () =>
      client?.store.subscribe((state, before) => {
        const notice = select(state);
        if (notice !== null && notice !== select(before)) tell(notice);
      }),
    [client, select, tell],
  );
}

function callText({ step, channel, startAt }: CallbackNotice): string {
  if (step === 'due') return `It is time for your call ${CHANNEL_WORDS[channel]}.`;
  const time = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' }).format(startAt);
  return `You have a call ${CHANNEL_WORDS[channel]} at ${time}.`;
}
