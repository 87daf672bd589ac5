'use client';

import { useEffect, useRef } from 'react';
import { useToast } from '@/components/ui/toasts';
import type { DeskState } from '@/lib/client/desk/desk-store';
import { useDesk, useDeskClient } from '@/lib/client/hooks/use-desk';
import type { InboxPlace } from '@/lib/client/hooks/use-inbox-place';
import type { ReassignNotice, TransferNotice } from '@/lib/protocol';

/** Tells an agent that a conversation of theirs moved: who was asked and answered, who took it, who gave them one. */
export function useMoveNotices(place: InboxPlace): void {
  useReassignNotices(place);
  useTransferNotices();
}

function useReassignNotices({ go }: InboxPlace): void {
  const client = useDeskClient();
  const notice = useDesk((state) => state.reassigned);
  const toast = useToast();
  const told = useRef<ReassignNotice | null>(null);
  useEffect(() => {
    if (notice === null || told.current === notice) return;
    told.current = notice;
    const { conversationId, byName, toName, yours } = notice;
    const whose = nameOf(client.store.getState(), conversationId);
    if (yours) {
      const open = { label: 'Open', run: () => go('mine', conversationId) };
      toast(`${byName} gave you ${whose}.`, open);
    } else if (byName === toName) toast(`${byName} took over ${whose} from you.`);
    else toast(`${byName} gave ${whose} to ${toName}.`);
  }, [notice, client, toast, go]);
}

function useTransferNotices(): void {
  const client = useDeskClient();
  const notice = useDesk((state) => state.transferAnswered);
  const toast = useToast();
  const told = useRef<TransferNotice | null>(null);
  useEffect(() => {
    if (notice === null || told.current === notice) return;
    told.current = notice;
    const whose = nameOf(client.store.getState(), notice.conversationId);
    toast(transferText(notice, whose));
  }, [notice, client, toast]);
}

function transferText({ byName, answer }: TransferNotice, whose: string): string {
  switch (answer) {
    case 'accepted':
      return `${byName} has ${whose} now.`;
    case 'declined':
      return `${byName} declined. ${whose} stays with you.`;
    case 'no_answer':
      return `${byName} did not answer. ${whose} stays with you.`;
    case 'unavailable':
      return `${byName} is no longer available. ${whose} stays with you.`;
  }
}

/** The customer by name, as far as it is known here. */
function nameOf({ views, conversations }: DeskState, conversationId: string): string {
  const open = conversations[conversationId];
  if (open) return open.customer.name;
  const rows = Object.values(views).flatMap((view) => view?.rows ?? []);
  return rows.find((row) => row.conversationId === conversationId)?.name ?? 'a conversation';
}
