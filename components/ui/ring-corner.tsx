'use client';

import { useCallback, useEffect, useRef, useState } from 'react';
import type { DeskClient } from '@/lib/client/desk/desk-store';
import type { OwnPresence } from '@/lib/protocol';
import { RingCard } from './ring-card';
import { useToast } from './toasts';

/** What rings at oneself, on any page of the desk; once accepted, `onOpen` leads to the conversation. */
export function RingCorner({
  client,
  presence,
  offset,
  isOnline,
  onOpen,
}: {
  client: Pick<DeskClient, 'request' | 'setStatus'> | null;
  presence: OwnPresence | null;
  offset: number;
  isOnline: boolean;
  onOpen: (conversationId: string) => void;
}) {
  const toast = useToast();
  const [isBusy, setIsBusy] = useState(false);
  const ring = presence?.ring ?? null;
  useMissed(client, presence);
  useRingTitle(ring?.name ?? null);

  const answer = useCallback(
    async (event: 'ring:accept' | 'ring:decline') => {
      if (!ring || !client) return;
      const { conversationId, handoffId } = ring;
      setIsBusy(true);
      const answered = await client.request(event, { conversationId, handoffId });
      setIsBusy(false);
      if (!answered.ok) toast(answered.error.message);
      else if (event === 'ring:accept') onOpen(conversationId);
    },
    [client, ring, onOpen, toast],
  );
  const accept = useCallback(() => void answer('ring:accept'), [answer]);
  const decline = useCallback(() => void answer('ring:decline'), [answer]);

  if (!ring) return null;
  return (
    <RingCard
      key={ring.handoffId}
      ring={ring}
      offset={offset}
      isOnline={isOnline}
      isBusy={isBusy}
      onAccept={accept}
      onDecline={decline}
    />
  );
}

/** Whoever lets it ring out is away from then on, is told so, and has the way back at hand. */
function useMissed(client: Pick<DeskClient, 'setStatus'> | null, presence: OwnPresence | null): void {
  const toast = useToast();
  const before = useRef(presence);
  useEffect(() => {
    const was = before.current;
    before.current = presence;
    if (!was?.ring || presence?.ring || was.status !== 'available' || presence?.status !== 'away') return;
    toast(`You did not answer ${was.ring.name}, so you are Away.`, {
      label: 'I am back',
      run: () => void client?.setStatus('available').then((refusal) => refusal && toast(refusal.message)),
    });
  }, [client, presence, toast]);
}

/** Seen from another tab: the title says that it rings, and who. */
function useRingTitle(name: string | null): void {
  useEffect(() => {
    if (name === null) return;
    const before = document.title;
    document.title = `Incoming: ${name} · Baton`;
    return () => {
      document.title = before;
    };
  }, [name]);
}
